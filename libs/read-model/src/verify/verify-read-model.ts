import { positionOf } from '#event-sourcing';
import type { EventStore, Position } from '#event-sourcing';
import type { Pool } from '#postgres';
import { listQueries } from '../queries/lists.js';
import { batchEventsMax } from '../projection/projection.js';
import { compareWithRows } from './compare-with-rows.js';
import { nothingTold, tell } from './ledger-as-told.js';
import type { Told } from './ledger-as-told.js';
import { standingRules } from './standing-rules.js';

export type VerifyOptions = {
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'subscribe' | 'head'>;
  readonly onProgress?: (at: Position, of: Position) => void;
};

/** `broken`: one line for each rule that does not hold, at most `brokenMax`; empty: all is as it should be. */
export type Verified = { readonly events: number; readonly skus: number; readonly broken: readonly string[] };

/** More than these would only repeat the same mistake. */
const brokenMax = 1_000;

/**
 * Folds the whole log once more and compares: postings sum to zero, revisions have no gap, balances are the sum of the
 * postings in every projection, reserved equals the open holds and committed the open lines. To be asked when nothing
 * is being appended and the projections have caught up; what has not is told as broken.
 */
export const verifyReadModel = async (options: VerifyOptions): Promise<Verified> => {
  const told = nothingTold();
  const events = await tellAll(options, told);
  const broken = [
    ...told.broken,
    ...(await behind(options.pool, told)),
    ...standingRules(told),
    ...(await compareWithRows(options.pool, told)),
  ];
  const skus = [...told.revisions.keys()].filter((stream) => stream.startsWith('stock-')).length;
  return { events, skus, broken: broken.slice(0, brokenMax) };
};

const tellAll = async ({ store, onProgress }: VerifyOptions, told: Told): Promise<number> => {
  const head = await store.head();
  if (head === undefined) return 0;
  const enough = new AbortController();
  let events = 0;
  for await (const batch of store.subscribe(undefined, { batchEventsMax, signal: enough.signal })) {
    for (const event of batch.events) {
      if (event.position <= (told.last ?? '') || event.position > head) continue;
      tell(told, event);
      events += 1;
    }
    onProgress?.(batch.after, head);
    if (batch.after >= head) break;
  }
  enough.abort();
  return events;
};

const behind = async (pool: Pool, { last }: Told): Promise<readonly string[]> => {
  const { projections } = await listQueries(pool).status();
  return projections
    .filter(({ live, position }) => live && (position ?? positionOf(0)) !== (last ?? positionOf(0)))
    .map(({ name, position }) => `${name}: stands at ${position ?? 'nothing'}, the log at ${last ?? 'nothing'}`);
};
