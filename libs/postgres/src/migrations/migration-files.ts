import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Module } from './module.js';

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly sha256: string;
};

const fileName = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/**
 * The migrations of a module in order.
 * @throws Error when a file has another name, or the numbers are not 1, 2, 3, ...
 */
export const readMigrations = async ({ name, migrations }: Module): Promise<readonly Migration[]> => {
  const files = (await readdir(migrations)).filter((file) => file.endsWith('.sql')).sort();
  const read = await Promise.all(files.map((file) => readMigration(migrations, file)));
  read.forEach(({ number }, index) => {
    if (number !== index + 1) throw new Error(`${name}: migration ${index + 1} is missing or there twice`);
  });
  return read;
};

const readMigration = async (folder: URL, file: string): Promise<Migration> => {
  const [, number, name] = fileName.exec(file) ?? [];
  if (number === undefined || name === undefined) throw new Error(`${file}: call a migration 0001_what_it_does.sql`);
  const text = await readFile(new URL(file, folder), 'utf8');
  return { number: Number(number), name, text, sha256: createHash('sha256').update(text).digest('hex') };
};
