import type { Clock } from '#event-sourcing';
import { type Pool, prepared } from '#postgres';
import { trimEveryMs, trimMessagesMax } from './bounds.js';
import { sql } from './statements.js';

/** Deletes what is older than the retention, in short statements, and answers how many messages that were. */
export const trimMessages = async (pool: Pool, retentionMs: number): Promise<number> => {
  let trimmed = 0;
  for (;;) {
    const { rows } = await pool.query<{ trimmed: number }>(prepared(sql.trim, [retentionMs, trimMessagesMax]));
    const count = rows[0]?.trimmed ?? 0;
    trimmed += count;
    if (count === 0) return trimmed;
  }
};

export type TrimmingOptions = {
  readonly pool: Pool;
  readonly retentionMs: number;
  readonly clock: Clock;
  readonly onTrouble: (error: unknown) => void;
};

/** Trims now and then until the signal aborts; resolves then. */
export const keepTrimmed = async (
  { pool, retentionMs, clock, onTrouble }: TrimmingOptions,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await trimMessages(pool, retentionMs).catch(onTrouble);
    await clock.sleep(trimEveryMs, signal);
  }
};
