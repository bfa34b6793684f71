import type { Cursors } from '#channel-kit';
import type { Queryable } from '#postgres';
import { ask, present } from './ask.js';
import { sql } from './statements.js';

/** How far the feed of a shop was read. Milliseconds since 1970. */
export type FeedState = {
  readonly cursors: Cursors | undefined;
  /** The first reading began: what was ordered before has not been seen from its beginning. */
  readonly beganAt: number;
  /** The last reading began in which every source answered. */
  readonly wholeAt: number;
};

export const findFeed = async (on: Queryable, channel: string): Promise<FeedState | undefined> => {
  type Row = { readonly cursors: Cursors | null; readonly began_at: number; readonly whole_at: number };
  const [row] = await ask<Row>(on, sql['find-feed'], [channel]);
  return row && { cursors: present(row.cursors), beganAt: row.began_at, wholeAt: row.whole_at };
};

export const saveFeed = async (
  on: Queryable,
  channel: string,
  { cursors, beganAt, wholeAt }: FeedState,
): Promise<void> => {
  await ask(on, sql['save-feed'], [channel, cursors === undefined ? null : JSON.stringify(cursors), beganAt, wholeAt]);
};
