import type { Pool } from '#postgres';
import type { Position } from '#event-sourcing';
import { run } from '../sql.js';
import type { ProjectionName } from '../projection/projection.js';
import { rebuild } from './rebuild.js';
import type { RebuildOptions } from './rebuild.js';
import { versionStatements as sql } from './statements.js';
import { shapeOf } from './tables.js';
import { projectionNames } from './versions.js';

export type OutdatedOptions = Omit<RebuildOptions, 'name' | 'onProgress'> & {
  /** How far a projection has come, of how far it has to. */
  readonly onProgress?: (name: ProjectionName, at: Position, of: Position | undefined) => void;
};

/**
 * Rebuilds, one after the other, the projections whose live tables an older release of the software has made: this one
 * cannot write into them. What fails leaves the old version as it is, and is begun anew by the next start.
 */
export const rebuildOutdated = async ({ onProgress, ...options }: OutdatedOptions): Promise<void> => {
  for (const name of await outdatedOf(options.pool))
    await rebuild({ ...options, name, onProgress: (at, of) => onProgress?.(name, at, of) });
};

const outdatedOf = async (pool: Pool): Promise<readonly ProjectionName[]> => {
  const live = await run<{ name: ProjectionName; shape: string | null }>(pool, sql['list-live-shapes']);
  const shapes = new Map(live.map(({ name, shape }) => [name, shape]));
  return projectionNames.filter((name) => shapes.has(name) && shapes.get(name) !== shapeOf(name));
};
