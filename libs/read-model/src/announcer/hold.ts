import type { Instant } from '#event-sourcing';
import { transaction, type Pool, type Queryable } from '#postgres';
import { run } from '../sql.js';
import { announcerStatements as sql } from './statements.js';

/** The newest that the world was told: the highest sequence (0: none), and when the newest event was recorded. */
export type Told = { readonly sequence: number; readonly eventAt?: Instant };

export type Hold = {
  /** Since when nothing is announced; undefined: it is. */
  readonly heldSince: Instant | undefined;
  /** Events that were recorded up to then are known to be lost, or to be told again by others. */
  readonly passedEventAt: Instant | undefined;
  /** The sequence asked for is one that this ledger has announced, or that somebody has looked at. */
  readonly isOurs: boolean;
};

type HoldRow = {
  readonly held_since: Instant | null;
  readonly passed_event_at: Instant | null;
  readonly is_ours: boolean;
};

/** How the announcer stands, and whether a sequence that the world was told is one of its own. */
export const readHold = async (session: Queryable, toldSequence = 0): Promise<Hold> => {
  const [row] = await run<HoldRow>(session, sql['read-hold'], [toldSequence]);
  return {
    heldSince: row?.held_since ?? undefined,
    passedEventAt: row?.passed_event_at ?? undefined,
    isOurs: row?.is_ours ?? true,
  };
};

/** From now on nothing is announced, by whichever process, until `recover`. Commands and questions go on. */
export const holdAnnouncements = async (pool: Pool): Promise<void> => {
  await run(pool, sql.hold);
};

/**
 * Announces every pair anew although it may be equal: after a restore the world keeps numbers that the ledger has lost. What
 * was held goes on, above every sequence that the world was told. Answers at once; the announcer does it in pieces.
 */
export const recover = (pool: Pool, told: Told = { sequence: 0 }): Promise<void> =>
  transaction(pool, async (session) => {
    const [row] = await run<{ was_held: boolean }>(session, sql['let-go-on'], [told.sequence, told.eventAt ?? null]);
    await run(session, sql['begin-recovery']);
    if (row?.was_held === true) await run(session, sql['skip-untold']);
  });
