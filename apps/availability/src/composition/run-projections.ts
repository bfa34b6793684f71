import { createProgress, numberOf, type Follower } from '#event-sourcing';
import { liveProjection, type ProjectionName } from '#read-model';
import { leadProjection } from './lead-projection.js';
import type { ProjectionParts } from './projection-parts.js';
import { watchCheckpoint } from './watch-checkpoint.js';

const names: readonly ProjectionName[] = ['fold', 'history', 'index'];

/**
 * Brings each projection on, in whichever version is live, until the signal aborts: of several processes one leads each, and
 * the others see by its checkpoint how far it has come.
 */
export const runProjections = (parts: ProjectionParts): readonly Follower[] => names.map((name) => run(parts, name));

const run = (parts: ProjectionParts, name: ProjectionName): Follower => {
  const { store, pool } = parts;
  const progress = createProgress(name);
  const here = { isLeading: false };
  const watch = watchCheckpoint(parts, liveProjection(pool, name), progress, () => here.isLeading);
  const leading = leadProjection(parts, liveProjection(pool, name), progress, here);
  return {
    status: progress.status,
    caughtUpTo: (position, signal) => watch.whileAsked(progress.caughtUpTo(position, signal)),
    lagEvents: async () => {
      if (!store.capabilities.contiguousPositions) return undefined;
      return Math.max(0, numberOf(await store.head()) - numberOf(progress.status().position));
    },
    stopped: Promise.all([watch.stopped, leading]).then(() => progress.stop('aborted')),
  };
};
