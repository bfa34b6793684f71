import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

/** A statement under the name by which the server keeps its plan. */
export type Statement = { readonly name: string; readonly text: string };

/**
 * Reads a folder of `.sql` files, one statement each, named by what it does. The folder is found from the module that asks,
 * so it works from the sources and from dist alike (the build copies it).
 *
 * @throws Error when a name has no file or a file has no name: both are mistakes that would show at run time only
 * @example const sql = loadStatements(new URL('./sql/', import.meta.url), ['append', 'read-log']);
 */
export const loadStatements = <Name extends string>(
  folder: URL,
  names: readonly Name[],
): Readonly<Record<Name, Statement>> => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  const expected = names.map((name) => `${name}.sql`);
  const amiss = [
    ...expected.filter((file) => !files.includes(file)),
    ...files.filter((file) => !expected.includes(file)),
  ];
  if (amiss.length > 0) throw new Error(`${folder.href}: without a file or without a name: ${amiss.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, load(folder, name)])) as Record<Name, Statement>;
};

const load = (folder: URL, name: string): Statement => {
  const text = readFileSync(new URL(`${name}.sql`, folder), 'utf8');
  return { name: `${name.slice(0, nameCharsMax)}:${fingerprint(text)}`, text };
};

/** PostgreSQL cuts names at 63 bytes; two folders may hold files of one name. */
const nameCharsMax = 50;
const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** The statement with its parameters, planned once a connection. */
export const prepared = (statement: Statement, values: unknown[] = []): pg.QueryConfig => ({ ...statement, values });
