import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- Vitest is told by merging into its interface
  interface ProvidedContext {
    /** Of the server of this run: see tools/vitest/postgres.ts. */
    readonly postgresUrl: string;
  }
}

export type TestDatabase = {
  readonly url: string;
  /** Drops the database, whoever is still connected. */
  readonly drop: () => Promise<void>;
};

/**
 * An empty database of its own for a test file, in the one server of the run. Wanted in files named `.int`, `.e2e` or
 * `.faults`; a `.unit` file has no server.
 *
 * @example
 * let database: TestDatabase;
 * beforeAll(async () => { database = await createDatabase(); });
 * afterAll(() => database.drop());
 */
export const createDatabase = (serverUrl: string = inject('postgresUrl')): Promise<TestDatabase> =>
  createFrom('template0', serverUrl);

const createFrom = async (template: string, serverUrl: string): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};

/** A copy of a database that nobody is connected to: a backup, or what was restored from one. */
export const copyDatabase = async (
  { url: original }: TestDatabase,
  serverUrl: string = inject('postgresUrl'),
): Promise<TestDatabase> => createFrom(new URL(original).pathname.slice(1), serverUrl);

const execute = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
