import { computes, type RowHint } from '#channel-kit';
import { callHinted } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';

/** What keeps a channel right, as far as hints need it. */
export type Hinted = { readonly work: ChannelWork; readonly wake: () => void };

/** Rows that shops say somebody has set. */
export type RowHints = {
  readonly take: (run: Hinted, hints: readonly RowHint[]) => void;
  /** Resolves when none of them waits any more. */
  readonly ended: () => Promise<void>;
};

/**
 * A shop says of its own sales and of our writes, too, that a figure was set: by then the order was read, and the write has its
 * answer. Rows of that time are read together.
 */
export const hintsSettleMillis = 5_000;

/** Rows of a channel that wait at once: others are found when they are read next. */
export const hintedRowsMax = 1_000;

/** Of several hints at one row the last counts. @param onTrouble told when they could not be noted: the scan finds them */
export const createRowHints = (onTrouble: (what: string, error: unknown) => void): RowHints => {
  const waiting = new Map<ChannelWork, Map<string, RowHint>>();
  const under = new Set<Promise<void>>();
  const settle = async ({ work, wake }: Hinted): Promise<void> => {
    const { pool, now, sleep, signal, channel } = work;
    await sleep(hintsSettleMillis, signal);
    const hints = [...(waiting.get(work)?.values() ?? [])];
    waiting.delete(work);
    if (!signal.aborted && (await callHinted(pool, channel.channel, hints, now())) > 0) wake();
  };
  const begin = (run: Hinted): Map<string, RowHint> => {
    const rows = new Map<string, RowHint>();
    waiting.set(run.work, rows);
    const ended = settle(run)
      .catch((error: unknown) => onTrouble(`hints of channel ${run.work.channel.channel}`, error))
      .finally(() => under.delete(ended));
    under.add(ended);
    return rows;
  };
  return {
    take: (run, hints) => {
      if (!computes(run.work.channel.ladder)) return;
      const rows = waiting.get(run.work) ?? begin(run);
      for (const hint of hints) if (rows.has(hint.row) || rows.size < hintedRowsMax) rows.set(hint.row, hint);
    },
    ended: async () => {
      await Promise.all(under);
    },
  };
};
