import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { filesNamed, read, repository } from '../docs/markdown.js';

const folder = mkdtempSync(join(tmpdir(), 'module-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pack = (system: string, name: string): Buffer => {
  const file = join(folder, name);
  const { status } = spawnSync(process.execPath, ['tools/module-zip.mjs', system, file], { cwd: repository });
  expect(status).toBe(0);
  return readFileSync(file);
};

type Entry = { readonly name: string; readonly bytes: Buffer; readonly checksum: number };

/** The entries by their local headers: stored, so that sizes are those of the files. */
const entriesOf = (zip: Buffer): readonly Entry[] => {
  const entries: Entry[] = [];
  for (let at = 0; zip.toString('latin1', at, at + 4) === 'PK\x03\x04';) {
    const [size, nameLength] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26)];
    const start = at + 30 + nameLength;
    const name = zip.toString('utf8', at + 30, start);
    entries.push({ name, bytes: zip.subarray(start, start + size), checksum: zip.readUInt32LE(at + 14) });
    at = start + size;
  }
  return entries;
};

const sourcesOf = (system: string): ReadonlyMap<string, string> =>
  new Map(
    filesNamed(new RegExp(`^modules/(${system}/stockledger|shared)/`, 'u')).map((path) => [
      path.replace(`modules/${system}/`, '').replace('modules/shared/', 'stockledger/src/'),
      read(path),
    ]),
  );

describe.each(['prestashop', 'woocommerce'])('the packed module for %s', (system) => {
  const zip = pack(system, `${system}.zip`);
  const entries = entriesOf(zip);
  const sources = sourcesOf(system);

  it('has every file of the module and of what it shares, whole', () => {
    const packed = new Map(entries.map(({ name, bytes }) => [name, bytes.toString()]));
    expect([...sources].filter(([name, text]) => packed.get(name) !== text)).toEqual([]);
    expect(entries.filter(({ bytes, checksum }) => crc32(bytes) !== checksum)).toEqual([]);
  });

  it('has nothing else but a doorkeeper in each folder', () => {
    const folders = new Set([...sources.keys()].map((name) => name.slice(0, name.lastIndexOf('/'))));
    const others = entries.map(({ name }) => name).filter((name) => !sources.has(name));
    expect(others).toEqual([...folders].map((folder) => `${folder}/index.php`).toSorted());
  });

  it('lists them all at its end', () => {
    expect(zip.readUInt16LE(zip.length - 12)).toBe(entries.length);
    expect(zip.toString('latin1').split('PK\x01\x02')).toHaveLength(entries.length + 1);
  });

  it('is the same bytes each time', () => expect(pack(system, `${system}-again.zip`).equals(zip)).toBe(true));

  it('control: other bytes have another checksum', () => expect(crc32('a')).not.toBe(crc32('b')));
});
