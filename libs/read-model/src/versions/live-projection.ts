import type { Pool } from '#postgres';
import type { Projection, ProjectionName } from '../projection/projection.js';
import { projectionOf } from './projection-of.js';
import { liveVersionOf } from './versions.js';

/** A projection by its name alone: whichever version is live. */
export type LiveProjection = Omit<Projection, 'target'> & { readonly name: ProjectionName };

/**
 * Drives the version that is live, also after a rebuild has switched: the switch removes the checkpoint of the old
 * version, so a batch for it answers `checkpoint_moved`, and the checkpoint that is read then is the new version's.
 */
export const liveProjection = (pool: Pool, name: ProjectionName): LiveProjection => {
  let current: Projection | undefined;
  const resolve = async (): Promise<Projection> => {
    const version = await liveVersionOf(pool, name);
    if (version === undefined) throw new Error(`${name} has not been prepared`);
    if (current?.target.version !== version) current = projectionOf(pool, { name, version });
    return current;
  };
  return {
    name,
    checkpoint: async () => (await resolve()).checkpoint(),
    apply: async (events, from, to) => (current ?? (await resolve())).apply(events, from, to),
  };
};
