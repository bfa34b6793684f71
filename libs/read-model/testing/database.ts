import type { Instant } from '#event-sourcing';
import { createPool, plansByIndex, provision } from '#postgres';
import type { Pool } from '#postgres';
import { createDatabase } from '#testing/postgres';
import { prepareProjections } from '../src/versions/versions.js';
import { readModule } from '../src/module.js';

export type ReadDatabase = {
  readonly pool: Pool;
  /** Of the service's role. */
  readonly serviceUrl: string;
  /** The read side's clock stands at this moment until it is set again; undefined: it runs with the database's. */
  readonly setClock: (at: Instant | undefined) => Promise<void>;
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
  const owner = createPool({ url: database.url, applicationName: 'read-model-test owner', max: 1 });
  return {
    ...{ pool, serviceUrl },
    setClock: async (at) => {
      await owner.query(`CREATE OR REPLACE FUNCTION read.moment() RETURNS timestamptz LANGUAGE sql STABLE
        RETURN ${at === undefined ? running : `'${at}'::timestamptz`}`);
    },
    reset: async () => {
      const { rows } = await pool.query<{ schema: string }>(versionSchemas);
      for (const { schema } of rows) await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      await pool.query(emptyAll);
      await prepareProjections(pool);
    },
    drop: async () => {
      await pool.end();
      await owner.end();
      await database.drop();
    },
  };
};

const running = `date_trunc('milliseconds', statement_timestamp())`;
const versionSchemas = `SELECT nspname AS schema FROM pg_namespace WHERE nspname ~ '^(fold|history|index)(_[0-9]+)?$'`;
const emptyAll = `
  DELETE FROM read.checkpoint; DELETE FROM read.projection; DELETE FROM read.due; DELETE FROM read.sweep;
  DELETE FROM read.announced; DELETE FROM read.outbox; DELETE FROM read.relay; DELETE FROM read.relay_repeat;`;
