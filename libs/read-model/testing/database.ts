import { createPool, plansByIndex, provision } from '#postgres';
import type { Pool } from '#postgres';
import { createDatabase } from '#testing/postgres';
import { prepareProjections } from '../src/versions/versions.js';
import { readModule } from '../src/module.js';

export type ReadDatabase = {
  readonly pool: Pool;
  /** Empty again, for the next run of a property. */
  readonly reset: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

/** A database with an empty read model, as the service's role sees it. */
export const createReadDatabase = async (): Promise<ReadDatabase> => {
  const database = await createDatabase();
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [readModule] });
  const pool = createPool({
    ...{ url: serviceUrl, applicationName: 'read-model-test', max: 8, settings: plansByIndex },
    // A projection that is kept waiting is run again by its follower; these tests drive it by hand, on busy machines too.
    lockTimeoutMs: 30_000,
  });
  await prepareProjections(pool);
  return {
    pool,
    reset: async () => {
      const { rows } = await pool.query<{ schema: string }>(versionSchemas);
      for (const { schema } of rows) await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      await pool.query(emptyAll);
      await prepareProjections(pool);
    },
    drop: async () => {
      await pool.end();
      await database.drop();
    },
  };
};

const versionSchemas = `SELECT nspname AS schema FROM pg_namespace WHERE nspname ~ '^(fold|history|index)(_[0-9]+)?$'`;
const emptyAll = `
  DELETE FROM read.checkpoint; DELETE FROM read.projection; DELETE FROM read.due; DELETE FROM read.sweep;
  DELETE FROM read.announced; DELETE FROM read.outbox;`;
