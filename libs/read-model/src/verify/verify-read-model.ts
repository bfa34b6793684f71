import { positionOf } from '#event-sourcing';
import type { EventStore, Position, RecordedEvent } from '#event-sourcing';
import type { Pool } from '#postgres';
import { listQueries } from '../queries/lists.js';
import { compareWithRows } from './compare-with-rows.js';
import { nothingTold, tell } from './ledger-as-told.js';
import type { Told } from './ledger-as-told.js';
import { standingRules } from './standing-rules.js';

export type VerifyOptions = {
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'subscribe' | 'head'>;
  /** `of` is undefined while the end is not known yet. */
  readonly onProgress?: (at: Position, of: Position | undefined) => void;
};

/** `broken`: one line for each rule that does not hold, at most `brokenMax`; empty: all is as it should be. */
export type Verified = { readonly events: number; readonly skus: number; readonly broken: readonly string[] };

/** More than these would only repeat the same mistake. */
const brokenMax = 1_000;

/** Small enough to be collected young: batches of 5,000 take a third more processor time and 80 MB more (measured). */
const batchEventsMax = 500;

/** A verification that reads along while the log still grows. */
export type Verification = {
  /** Reads up to this position and compares; undefined: the log is empty. */
  readonly finish: (head: Position | undefined) => Promise<Verified>;
  /** Stops reading; the connection is free when it resolves. */
  readonly abandon: () => Promise<void>;
};

/**
 * Folds the whole log once more and compares: postings sum to zero, revisions have no gap, balances are the sum of the
 * postings in every projection, reserved equals the open holds and committed the open lines. To be asked when nothing
 * is being appended and the projections have caught up; what has not is told as broken.
 */
export const verifyReadModel = async (options: VerifyOptions): Promise<Verified> =>
  startVerification(options).finish(await options.store.head());

/** Begins to read at once: by the time that nothing is appended any more, most of the log has been folded. */
export const startVerification = ({ pool, store, onProgress }: VerifyOptions): Verification => {
  const told = nothingTold();
  const enough = new AbortController();
  let events = 0;
  let upTo: Position | undefined;
  const isThere = (): boolean => upTo !== undefined && (told.last ?? '') >= upTo;
  const take = (event: RecordedEvent): void => {
    if (event.position <= (told.last ?? '') || (upTo !== undefined && event.position > upTo)) return;
    tell(told, event);
    events += 1;
  };
  const read = async (): Promise<void> => {
    for await (const batch of store.subscribe(undefined, { batchEventsMax, signal: enough.signal })) {
      batch.events.forEach(take);
      onProgress?.(batch.after, upTo);
      if (isThere()) return;
    }
  };
  const reading = read();
  // Whoever finishes or abandons is told.
  reading.catch(() => undefined);
  return {
    finish: async (head) => {
      upTo = head;
      if (head === undefined || isThere()) enough.abort();
      await reading;
      return concluded(pool, told, events);
    },
    abandon: async () => {
      enough.abort();
      await reading.catch(() => undefined);
    },
  };
};

const concluded = async (pool: Pool, told: Told, events: number): Promise<Verified> => {
  const broken = [
    ...told.broken,
    ...(await behind(pool, told)),
    ...standingRules(told),
    ...(await compareWithRows(pool, told)),
  ];
  const skus = [...told.heads.keys()].filter((stream) => stream.startsWith('stock-')).length;
  return { events, skus, broken: broken.slice(0, brokenMax) };
};

const behind = async (pool: Pool, { last }: Told): Promise<readonly string[]> => {
  const { projections } = await listQueries(pool).status();
  return projections
    .filter(({ live, position }) => live && (position ?? positionOf(0)) !== (last ?? positionOf(0)))
    .map(({ name, position }) => `${name}: stands at ${position ?? 'nothing'}, the log at ${last ?? 'nothing'}`);
};
