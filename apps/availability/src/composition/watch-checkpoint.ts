import type { Progress } from '#event-sourcing';
import { createBell, type LiveProjection } from '#read-model';

/** How often a projection that another process leads is looked at. */
const watchMillis = 1_000;
/** The same while somebody waits for it to come somewhere. */
const askedMillis = 20;

/** What this process knows of a projection that it does not lead. */
export type CheckpointWatch = {
  /** Looks often until this has settled. */
  readonly whileAsked: <Result>(waiting: Promise<Result>) => Promise<Result>;
  readonly stopped: Promise<void>;
};

/** Takes what the checkpoint says for progress, while this process does not lead and knows at first hand. */
export const watchCheckpoint = (
  { signal }: { readonly signal: AbortSignal },
  { checkpoint }: Pick<LiveProjection, 'checkpoint'>,
  progress: Progress,
  isLeading: () => boolean,
): CheckpointWatch => {
  const asked = createBell();
  let waiting = 0;
  const look = async (): Promise<void> => {
    const position = (await checkpoint())?.position;
    const known = progress.status().position;
    if (!isLeading() && position !== undefined && (known === undefined || position > known)) progress.advance(position);
  };
  const watch = async (): Promise<void> => {
    while (!signal.aborted) {
      // A database that is away is told by whoever asks for the lead.
      if (!isLeading()) await look().catch(progress.failed);
      await asked.heard(waiting > 0 ? askedMillis : watchMillis, signal);
    }
  };
  return {
    whileAsked: async (answer) => {
      waiting += 1;
      asked.ring();
      try {
        return await answer;
      } finally {
        waiting -= 1;
      }
    },
    stopped: watch(),
  };
};
