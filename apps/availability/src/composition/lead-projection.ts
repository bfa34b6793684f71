import { within } from '#deadline';
import { runProjection, type Follower, type Progress } from '#event-sourcing';
import { whileLeading } from '#postgres';
import { batchEventsMax, restAfterBatch, type LiveProjection } from '#read-model';
import type { ProjectionParts } from './projection-parts.js';

/**
 * A projection that has stopped for good leaves the lead to others for so long: a process of a newer release may know the
 * type of event at which an older one has stopped.
 */
const resignedMillis = 10_000;

/** Whether this process brings the projection on. */
export type Here = { isLeading: boolean };

/**
 * Brings a projection on whenever this process leads it. The lead only saves effort: what two who both believe to have it
 * write is kept apart by the checkpoint, which is compared and set.
 */
export const leadProjection = async (
  parts: ProjectionParts,
  projection: LiveProjection,
  progress: Progress,
  here: Here,
): Promise<void> => {
  const { signal, clock, url, onTrouble } = parts;
  const office = `projection ${projection.name}`;
  const told = (error: unknown): void => onTrouble(`the lead of ${office}`, error);
  const attempt = (resigning: AbortController): Promise<void> =>
    within({ signals: [signal, resigning.signal] }, (either) =>
      whileLeading(
        { url, applicationName: office, name: office, sleep: clock.sleep, onTrouble: told, signal: either },
        async (leading) => {
          here.isLeading = true;
          await apply(parts, projection, progress, leading).stopped;
          here.isLeading = false;
          if (!leading.aborted) resigning.abort();
        },
      ),
    );
  while (!signal.aborted) {
    await attempt(new AbortController());
    await clock.sleep(resignedMillis, signal);
  }
};

const apply = (
  { store, clock, random, onApplied, onTrouble }: ProjectionParts,
  { name, checkpoint, apply: write }: LiveProjection,
  progress: Progress,
  signal: AbortSignal,
): Follower =>
  runProjection({
    ...{ name, store, clock, random, signal, batchEventsMax, rest: restAfterBatch[name] },
    checkpoint: {
      load: async () => {
        const at = await checkpoint();
        if (at !== undefined) progress.advance(at.position);
        return at;
      },
    },
    apply: async (events, from, to) => {
      const applied = await write(events, from, to);
      if (applied !== 'applied') return applied;
      progress.advance(to.position);
      onApplied(name);
      return applied;
    },
    onError: (error, { state, reason }) => {
      if (state === 'stopped' && reason !== undefined) progress.stop(reason, error);
      else progress.failed(error);
      onTrouble(`projection ${name}`, error);
    },
  });
