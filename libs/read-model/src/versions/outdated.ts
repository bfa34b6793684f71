import { transaction } from '#postgres';
import type { Pool } from '#postgres';
import type { Position } from '#event-sourcing';
import { run } from '../sql.js';
import type { ProjectionName } from '../projection/projection.js';
import { rebuild } from './rebuild.js';
import type { RebuildOptions } from './rebuild.js';
import { versionStatements as sql } from './statements.js';
import { shapeOf } from './tables.js';
import { dropTables, projectionNames, retireVersion } from './versions.js';

export type OutdatedOptions = Omit<RebuildOptions, 'name' | 'onProgress'> & {
  /** How far a projection has come, of how far it has to. */
  readonly onProgress?: (name: ProjectionName, at: Position, of: Position | undefined) => void;
};

/**
 * Rebuilds, one after the other, the projections whose live tables an older release of the software has made: this one
 * cannot write into them. One process does it, others wait for it and find nothing left to do. What fails, or is killed,
 * leaves the old version as it is; the next start drops what it had built and begins anew.
 */
export const rebuildOutdated = async ({ onProgress, ...options }: OutdatedOptions): Promise<void> => {
  const { pool } = options;
  if ((await outdatedOf(pool)).length === 0) return;
  await transaction(pool, async (session) => {
    await session.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0');
    await run(session, sql['lock-rebuilds']);
    for (const name of await outdatedOf(pool)) {
      await dropLeftovers(pool, name);
      await rebuild({ ...options, name, onProgress: (at, of) => onProgress?.(name, at, of) });
    }
  });
};

const dropLeftovers = async (pool: Pool, name: ProjectionName): Promise<void> => {
  for (const { version } of await run<{ version: number }>(pool, sql['list-other-versions'], [name])) {
    await retireVersion(pool, { name, version });
    await dropTables(pool, { name, version });
  }
};

const outdatedOf = async (pool: Pool): Promise<readonly ProjectionName[]> => {
  const live = await run<{ name: ProjectionName; shape: string | null }>(pool, sql['list-live-shapes']);
  const shapes = new Map(live.map(({ name, shape }) => [name, shape]));
  return projectionNames.filter((name) => shapes.has(name) && shapes.get(name) !== shapeOf(name));
};
