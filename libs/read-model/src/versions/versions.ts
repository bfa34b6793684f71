import { quotedName, transaction } from '#postgres';
import type { Pool, Queryable } from '#postgres';
import { run } from '../sql.js';
import { schemaOf } from '../projection/in-schema.js';
import type { ProjectionName, Target } from '../projection/projection.js';
import { versionStatements as sql } from './statements.js';
import { shapeOf, tablesOf } from './tables.js';

export const projectionNames: readonly ProjectionName[] = ['fold', 'history', 'index'];

/** The version that answers questions; undefined: none yet. */
export const liveVersionOf = async (session: Queryable, name: ProjectionName): Promise<number | undefined> =>
  (await run<{ live: number }>(session, sql['read-live-version'], [name]))[0]?.live;

/** The first version of each projection, empty and live, where there is none. Safe to run from many processes at once. */
export const prepareProjections = (pool: Pool): Promise<void> =>
  transaction(pool, async (session) => {
    await run(session, sql['lock-versions']);
    for (const name of projectionNames) {
      if ((await liveVersionOf(session, name)) !== undefined) continue;
      await run(session, sql['register-live'], [name, 1, shapeOf(name)]);
      await createVersion(session, { name, version: 1 });
      await pointViewsAt(session, { name, version: 1 });
    }
  });

/** Empty tables in a schema of their own, and a checkpoint before the first event. */
export const createVersion = async (session: Queryable, target: Target): Promise<void> => {
  await session.query(tablesOf(target));
  await run(session, sql['register-checkpoint'], [target.name, target.version]);
};

/** The next version of a projection, empty; it answers nothing yet. */
export const createNextVersion = (pool: Pool, name: ProjectionName): Promise<Target> =>
  transaction(pool, async (session) => {
    await run(session, sql['lock-versions']);
    const [row] = await run<{ next: number | null }>(session, sql['next-version'], [name]);
    const target = { name, version: row?.next ?? 1 };
    await createVersion(session, target);
    return target;
  });

/** Nobody writes into this version any more: batches for it answer `checkpoint_moved`. */
export const retireVersion = async (session: Queryable, { name, version }: Target): Promise<void> => {
  await run(session, sql['delete-checkpoint'], [name, version]);
};

export const dropTables = async (session: Queryable, target: Target): Promise<void> => {
  await session.query(`DROP SCHEMA IF EXISTS ${schemaOf(target)} CASCADE`);
};

/** From the commit on every question is answered by this version, in all processes. */
export const switchTo = async (session: Queryable, target: Target): Promise<void> => {
  await run(session, sql['set-live'], [target.name, target.version, shapeOf(target.name)]);
  await pointViewsAt(session, target);
};

/** Queries name the schema `<name>`: views on the tables of the live version, made anew because shapes may differ. */
const pointViewsAt = async (session: Queryable, target: Target): Promise<void> => {
  const tables = await run<{ table: string }>(session, sql['list-tables'], [schemaOf(target)]);
  await session.query(`DROP SCHEMA IF EXISTS ${target.name} CASCADE; CREATE SCHEMA ${target.name}`);
  for (const { table } of tables)
    await session.query(
      `CREATE VIEW ${target.name}.${quotedName(table)} AS SELECT * FROM ${schemaOf(target)}.${quotedName(table)}`,
    );
};
