import type { Millis, Trouble } from '#channel-kit';
import { confirm } from '../intake/deliver.js';
import type { Surroundings } from '../push/read-rows.js';
import { setRows, type RowsTurn } from '../push/set-rows.js';
import { driftOf, nextDue } from '../store/index.js';
import type { Alarm } from './alarm.js';
import type { ChannelWork } from './deps.js';
import type { FeedTurns } from './feed-turns.js';
import type { Leave } from './leave.js';
import { createRetry } from './retry.js';
import { driftCountedMillis } from './rhythm.js';
import type { Tempo } from './tempo.js';

/** The rows of a shop in their turns. */
export type RowsTurns = {
  /** Gives the most urgent ones their turn, where rows may have one. @returns whether any had */
  readonly step: () => Promise<boolean>;
  /** When the next one has its turn; Infinity: none has. Milliseconds since 1970. */
  readonly dueAt: () => Promise<Millis>;
  readonly trouble: () => Trouble | undefined;
};

export type RowsParts = {
  readonly work: ChannelWork;
  readonly leave: Leave;
  readonly alarm: Alarm;
  readonly tempo: Tempo;
  readonly feed: Pick<FeedTurns, 'readForWrites' | 'isStale' | 'wholeAt'>;
  /** @throws when this process is not the one that writes any more */
  readonly mayWrite: () => Promise<void>;
};

export const createRowsTurns = ({ work, leave, alarm, tempo, feed, mayWrite }: RowsParts): RowsTurns => {
  const { pool, now } = work;
  const { channel } = work.channel;
  // A shop whose orders are away may have its rows set all the same, and the other way round.
  const retry = createRetry(now);
  const counted = createDriftCount(work);
  let trouble: Trouble | undefined;

  const readFeedFirst = async (): Promise<Omit<Surroundings, 'now'> | undefined> => {
    await feed.readForWrites();
    if (!leave.setsRows()) return undefined;
    await confirm(work);
    const drift = await counted.drift();
    return { isFeedStale: feed.isStale(), feedWholeAt: feed.wholeAt() ?? 0, channel: drift };
  };
  const heed = async ({ raised, written, trouble: met }: RowsTurn): Promise<void> => {
    counted.raised(raised);
    if (written) await alarm.writes(written.trouble);
    if (written) tempo.wrote(written.rows, written.millis);
    trouble = met;
    if (met) retry.failed();
    else retry.worked();
  };
  return {
    step: async () => {
      if (!leave.setsRows()) {
        trouble = undefined;
        return false;
      }
      if (now() < retry.at()) return false;
      const sizes = { rowsMax: tempo.rows(), rowsReadMax: tempo.rowsMax * readsOfWrite };
      const done = await setRows(work, { ...sizes, mayWrite, readFeedFirst });
      await heed(done);
      return done.rows > 0;
    },
    dueAt: async () => (leave.setsRows() ? Math.max((await nextDue(pool, channel)) ?? Infinity, retry.at()) : Infinity),
    trouble: () => trouble,
  };
};

/** What drift has cost the channel in a day: counted once in a while, and added up in between. */
const createDriftCount = ({ pool, now, channel: { channel } }: ChannelWork) => {
  let drift: Surroundings['channel'] = { rows: 0, drifting: 0, raisedToday: 0 };
  let countedAt = Number.NEGATIVE_INFINITY;
  return {
    raised: (rows: number): void => {
      drift = { ...drift, raisedToday: drift.raisedToday + rows };
    },
    drift: async (): Promise<Surroundings['channel']> => {
      if (now() - countedAt >= driftCountedMillis) {
        countedAt = now();
        drift = await driftOf(pool, channel, now() - dayMillis);
      }
      return drift;
    },
  };
};

/** What is written is read twice again: as many looks beside a request's writes, and they keep up with them. */
const readsOfWrite = 2;
const dayMillis = 86_400_000;
