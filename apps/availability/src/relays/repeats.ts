import type { Position } from '#event-sourcing';
import { prepared, type Pool } from '#postgres';
import { sql } from './statements.js';

/*
 * A compacted topic keeps the last message of each key, so nothing old may come behind what is newer. A relay whose lead has
 * ended may have a send under way to a broker that stays silent: nothing calls it back, and it may be stored behind what the
 * next leader has sent. What it carries lies behind the cursor that the next leader finds. So that one tells again what was
 * announced last of each pair behind that cursor, once no send of before can arrive any more. The database remembers that
 * until it is done, through any number of leaders.
 */

/**
 * Longer than a send can live: its client tries for about a minute at a silent broker. A broker that is silent for longer
 * fails the sends of now as well, and each failure puts the repeat off.
 */
export const sendMillisMax = 90_000;

export type Repeats = {
  /** The lead is new: the last leader may have begun to send what lies behind the cursor. */
  readonly expect: () => Promise<void>;
  /** Somebody without the lead may have sent what lies behind this cursor (undefined: the beginning). */
  readonly expectSince: (since: Position | undefined) => Promise<void>;
  /** A send has failed: it may arrive yet. */
  readonly putOff: () => Promise<void>;
  /** What is to be told again now. */
  readonly find: () => Promise<Repeat | undefined>;
};

export type Repeat = {
  /** A cursor; undefined: the beginning. */
  readonly since: Position | undefined;
  /** Unless another one has become due meanwhile. */
  readonly end: () => Promise<void>;
};

/** @param afterMillis how long what was sent before may be under way */
export const postgresRepeats = (pool: Pool, name: string, afterMillis: number): Repeats => ({
  expect: async () => {
    await pool.query(prepared(sql['expect-repeat'], [name, null, afterMillis]));
  },
  expectSince: async (since) => {
    await pool.query(prepared(sql['expect-repeat'], [name, since ?? '', afterMillis]));
  },
  putOff: async () => {
    await pool.query(prepared(sql['put-off-repeat'], [name, afterMillis]));
  },
  find: async () => {
    const { rows } = await pool.query<{ since: string; due: string }>(prepared(sql['find-repeat'], [name]));
    const [row] = rows;
    if (row === undefined) return undefined;
    return {
      since: row.since === '' ? undefined : row.since,
      end: async () => {
        await pool.query(prepared(sql['end-repeat'], [name, row.due]));
      },
    };
  },
});
