import type { Clock, EventStore, Follower, FollowerStatus, Position, Random } from '#event-sourcing';
import type { Pool } from '#postgres';
import { createAnnouncer, createQueries, prepareProjections, rebuildOutdated, type Queries } from '#read-model';
import { runProjections } from './run-projections.js';

export type AvailabilityOptions = {
  readonly store: EventStore;
  readonly pool: Pool;
  /** Of the service's role: whoever leads a projection has a session of its own. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Something that runs by itself failed; unless it has stopped for good it tries again. */
  readonly onTrouble?: (what: string, error: unknown) => void;
  /** A projection whose tables an older release made is built anew before anything else. */
  readonly onRebuild?: (name: string, at: Position, of: Position | undefined) => void;
};

/** Where a projection stands; `lagEvents` it has yet to take in. */
export type ProjectionHealth = FollowerStatus & { readonly lagEvents: number | undefined };

/** The read side without transport. */
export type AvailabilityService = {
  readonly clock: Clock;
  readonly queries: Queries;
  /** Resolves when every projection has taken in this position. */
  readonly caughtUpTo: (position: Position, signal?: AbortSignal) => Promise<void>;
  readonly projections: () => Promise<readonly ProjectionHealth[]>;
  /** Aborts when the service stops: streams to clients end with it. */
  readonly stopping: AbortSignal;
  readonly stop: () => Promise<void>;
};

export const AVAILABILITY = Symbol('Availability');

/** Starts the projections and the announcer. Resolves when questions can be answered, not when all is caught up. */
export const startAvailability = async (options: AvailabilityOptions): Promise<AvailabilityService> => {
  const { store, pool, url, clock, random, onTrouble = () => undefined, onRebuild } = options;
  await prepareProjections(pool);
  await rebuildOutdated({ pool, store, ...(onRebuild !== undefined && { onProgress: onRebuild }) });
  const abort = new AbortController();
  const announcer = createAnnouncer({ pool, onError: (error) => onTrouble('announcer', error) });
  const followers = runProjections({
    ...{ store, pool, url, clock, random, onTrouble, signal: abort.signal },
    onApplied: (name) => (name === 'fold' ? announcer.wake() : undefined),
  });
  const announcing = announcer.run(abort.signal);
  return {
    clock,
    queries: createQueries({ pool, store, announced: announcer.announced }),
    caughtUpTo: async (position, signal) => {
      await Promise.all(followers.map((follower) => follower.caughtUpTo(position, signal)));
    },
    projections: () => Promise.all(followers.map(healthOf)),
    stopping: abort.signal,
    stop: async () => {
      abort.abort();
      await Promise.all([announcing, ...followers.map(({ stopped }) => stopped)]);
    },
  };
};

const healthOf = async (follower: Follower): Promise<ProjectionHealth> => ({
  ...follower.status(),
  lagEvents: await follower.lagEvents(),
});
