import type { Clock } from '#event-sourcing';
import type { TopicReader } from '#messaging';
import { holdAnnouncements, readHold } from '#read-model';
import { isBehind, type Known } from './is-behind.js';
import { readNewestTold, type NewestTold } from './read-told.js';

export type ToldCheckOptions = Known & {
  readonly reader: TopicReader;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Nothing is announced from now on: the world knows more than this ledger. */
  readonly onHeld: (told: NewestTold) => void;
  /** Something failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
};

/** Whether the ledger is as old as what it has told: found out once, at the start. */
export type ToldCheck = {
  /** Resolves when the topics were looked at, and announcements are held where they know more. */
  readonly done: Promise<void>;
  /** Resolves when that is done and nothing is held, or the signal aborts. */
  readonly mayTell: (signal: AbortSignal) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Brokers that are away, and a person who has not decided yet, are asked again this often. */
const askAgainMillis = 1_000;

/** Begins to look. What a restored ledger announces before somebody has looked at it may be too high: it had sold more. */
export const startToldCheck = (options: ToldCheckOptions): ToldCheck => {
  const stopping = new AbortController();
  const done = look(options, stopping.signal);
  return {
    done,
    mayTell: async (signal) => {
      await Promise.race([done, aborted(signal)]);
      while (!signal.aborted && (await isHeld(options))) await options.clock.sleep(askAgainMillis, signal);
    },
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
};

const look = async (options: ToldCheckOptions, signal: AbortSignal): Promise<void> => {
  const { reader, clock, onTrouble } = options;
  while (!signal.aborted) {
    try {
      const told = await readNewestTold(reader, signal);
      if (await isBehind(options, told)) await hold(options, told);
      return;
    } catch (error) {
      onTrouble(error);
      await clock.sleep(askAgainMillis, signal);
    }
  }
};

const hold = async ({ pool, onHeld }: ToldCheckOptions, told: NewestTold): Promise<void> => {
  await holdAnnouncements(pool);
  onHeld(told);
};

/** A database that is away says nothing: held until it does. */
const isHeld = async ({ pool, onTrouble }: ToldCheckOptions): Promise<boolean> => {
  try {
    return (await readHold(pool)).heldSince !== undefined;
  } catch (error) {
    onTrouble(error);
    return true;
  }
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
