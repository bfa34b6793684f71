import type { Client } from '../pool.js';
import { type Migration, readMigrations } from './migration-files.js';
import type { Module } from './module.js';

/** The database and this program do not fit together. Nothing was changed. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings a database up to what the modules need, in their order; what is applied already is compared and left alone. Each
 * migration is a transaction of its own. Run by the owner, before the service connects.
 *
 * The caller holds the installation lock, so any number may start at once.
 *
 * @throws MigrationError when the text of an applied migration has changed, or the database is newer than this program
 */
export const migrate = async (client: Client, modules: readonly Module[]): Promise<void> => {
  await client.query(bookkeeping);
  for (const module of modules) {
    const wanted = await readMigrations(module);
    const applied = await appliedOf(client, module);
    assertFits(module, wanted, applied);
    for (const migration of wanted.slice(applied.length)) await apply(client, module, migration);
  }
};

const bookkeeping = `
  CREATE SCHEMA IF NOT EXISTS migrations;
  CREATE TABLE IF NOT EXISTS migrations.applied (
    module     text        NOT NULL,
    number     integer     NOT NULL,
    name       text        NOT NULL,
    sha256     text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (module, number)
  );`;

type Applied = Pick<Migration, 'number' | 'name' | 'sha256'>;

const appliedOf = async (client: Client, module: Module): Promise<readonly Applied[]> => {
  const text = 'SELECT number, name, sha256 FROM migrations.applied WHERE module = $1 ORDER BY number';
  return (await client.query<Applied>(text, [module.name])).rows;
};

const assertFits = (module: Module, wanted: readonly Migration[], applied: readonly Applied[]): void => {
  if (applied.length > wanted.length) {
    throw new MigrationError(
      `The database has ${applied.length} migrations of "${module.name}", this program knows ${wanted.length}: ` +
        'it is older than the database. Start the newer version.',
    );
  }
  applied.forEach((migration, index) => {
    if (migration.sha256 === wanted[index]?.sha256) return;
    throw new MigrationError(
      `Migration ${migration.number} (${migration.name}) of "${module.name}" was applied with another text. ` +
        'An applied migration is never changed: put its text back, and write the change as the next one.',
    );
  });
};

const apply = async (client: Client, module: Module, { number, name, text, sha256 }: Migration): Promise<void> => {
  await client.query('BEGIN');
  try {
    await client.query(text);
    await client.query('INSERT INTO migrations.applied (module, number, name, sha256) VALUES ($1, $2, $3, $4)', [
      module.name,
      number,
      name,
      sha256,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(`Migration ${number} (${name}) of "${module.name}" failed`, { cause: error });
  }
};
