/**
 * Packs the modules as the shops' back offices take them: `npm run module:zip`; `-- woocommerce FILE` packs one, and says where to.
 * The same sources make the same bytes on every machine: entries in order, stored as they are, all of one date.
 */
import { Buffer } from 'node:buffer';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';

const repository = fileURLToPath(new URL('..', import.meta.url));
const systems = ['prestashop', 'woocommerce'];

/** A module, and what it has in common with the others: the classes of `modules/shared` stand beside its own. */
const filesOf = (system) => {
  const folder = join(repository, 'modules', system, 'stockledger');
  const shared = join(repository, 'modules/shared');
  const own = filesUnder(folder).map((path) => ({ path: relative(folder, path), bytes: readFileSync(path) }));
  const common = filesUnder(shared).map((path) => ({
    path: join('src', relative(shared, path)),
    bytes: readFileSync(path),
  }));
  const twice = common.find(({ path }) => own.some((file) => file.path === path));
  if (twice !== undefined) throw new Error(`modules/${system} has ${twice.path} too: rename one of the two.`);
  return [...own, ...common];
};

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

const entriesOf = (files) => {
  const folders = [...new Set(files.map(({ path }) => dirname(path)))];
  return [...files, ...folders.map((path) => ({ path: join(path, 'index.php'), bytes: doorkeeper }))]
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

const pack = (system, target) => {
  const zip = zipOf(entriesOf(filesOf(system)));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, zip);
  console.log(`${relative(process.cwd(), target)}: ${zip.length} bytes`);
};

const [only, file] = process.argv.slice(2);
if (only !== undefined && !systems.includes(only))
  throw new Error(`There is no module for ${only}: name one of ${systems.join(', ')}.`);
for (const system of only === undefined ? systems : [only]) {
  const target = join(repository, 'modules', system, 'dist/stockledger.zip');
  pack(system, only === undefined || file === undefined ? target : resolve(file));
}
