/**
 * Packs the PrestaShop module as a shop's back office takes it: `npm run module:zip`. The same sources make the same bytes
 * on every machine: entries in order, stored as they are, all of one date.
 */
import { Buffer } from 'node:buffer';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';

const repository = fileURLToPath(new URL('..', import.meta.url));
const source = join(repository, 'modules/prestashop/stockledger');
const target = resolve(process.argv[2] ?? join(repository, 'modules/prestashop/dist/stockledger.zip'));

/** Shops ask for it in every folder, so that none is ever listed. */
const doorkeeper = Buffer.from("<?php\nheader('Location: ../');\nexit;\n");

/** The first moment that the format knows: 1980-01-01 00:00. */
const dosDate = 0x21;
const utf8Names = 0x0800;

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });

const entriesOf = (folder) => {
  const files = filesUnder(folder);
  const folders = [...new Set(files.map((path) => dirname(path)))];
  return [
    ...files.map((path) => ({ path: relative(folder, path), bytes: readFileSync(path) })),
    ...folders.map((path) => ({ path: join(relative(folder, path), 'index.php'), bytes: doorkeeper })),
  ]
    .map(({ path, bytes }) => ({ name: Buffer.from(`stockledger/${path.replaceAll('\\', '/')}`), bytes }))
    .sort((a, b) => Buffer.compare(a.name, b.name));
};

/** What the two headers of an entry share. PKWARE's APPNOTE.TXT 6.3, sections 4.3.7 and 4.3.12. */
const commonOf = ({ name, bytes }) => {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(utf8Names, 2);
  common.writeUInt16LE(dosDate, 8);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(bytes.length, 14);
  common.writeUInt32LE(bytes.length, 18);
  common.writeUInt16LE(name.length, 22);
  return common;
};

const localOf = (entry) =>
  Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), commonOf(entry), entry.name, entry.bytes]);

const centralOf = (entry, offset) => {
  const end = Buffer.alloc(14);
  // A plain file of 0644, as Unix writes it; unzipping elsewhere ignores it.
  end.writeUInt32LE((0o100644 << 16) >>> 0, 6);
  end.writeUInt32LE(offset, 10);
  const madeByUnix = Buffer.from([20, 3]);
  return Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeByUnix, commonOf(entry), end, entry.name]);
};

const endOf = (count, size, offset) => {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
};

const zipOf = (entries) => {
  const locals = entries.map(localOf);
  let offset = 0;
  const centrals = entries.map((entry, index) => {
    const central = centralOf(entry, offset);
    offset += locals[index].length;
    return central;
  });
  const central = Buffer.concat(centrals);
  return Buffer.concat([...locals, central, endOf(entries.length, central.length, offset)]);
};

mkdirSync(dirname(target), { recursive: true });
const zip = zipOf(entriesOf(source));
writeFileSync(target, zip);
console.log(`${relative(process.cwd(), target)}: ${zip.length} bytes`);
