import { runProjection, type Clock, type EventStore, type Follower, type Random } from '#event-sourcing';
import type { Pool } from '#postgres';
import { batchEventsMax, liveProjection, type LiveProjection, type ProjectionName, restAfterBatch } from '#read-model';

const names: readonly ProjectionName[] = ['fold', 'history', 'index'];

export type ProjectionParts = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** After each batch that was written. */
  readonly onApplied: (name: ProjectionName) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
};

/** Runs each projection, in whichever version is live, until the signal aborts. */
export const runProjections = (parts: ProjectionParts): readonly Follower[] =>
  names.map((name) => run(parts, liveProjection(parts.pool, name)));

const run = (
  { store, clock, random, signal, onApplied, onTrouble }: ProjectionParts,
  { name, checkpoint, apply }: LiveProjection,
): Follower =>
  runProjection({
    ...{ name, store, clock, random, signal, batchEventsMax, rest: restAfterBatch[name] },
    checkpoint: { load: checkpoint },
    apply: async (events, from, to) => {
      const applied = await apply(events, from, to);
      if (applied === 'applied') onApplied(name);
      return applied;
    },
    onError: (error) => onTrouble(`projection ${name}`, error),
  });
