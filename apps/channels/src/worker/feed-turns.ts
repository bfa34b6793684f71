import type { Millis, Trouble } from '#channel-kit';
import { readFeed, type FeedTurn } from '../intake/read-feed.js';
import { startAnew } from '../intake/start-anew.js';
import { findFeed, nextOrderAgain } from '../store/index.js';
import type { Alarm } from './alarm.js';
import type { ChannelWork } from './deps.js';
import type { Leave } from './leave.js';
import { createRetry } from './retry.js';
import { feedEveryMillis, feedServesMillis, feedStaleMillis } from './rhythm.js';
import type { TakenWishes, Wishes } from './wishes.js';

/** The feed of a shop in its turns: when it is read, and what is known of it since. Times are milliseconds since 1970. */
export type FeedTurns = {
  /** When it is to be read next. */
  readonly dueAt: () => Millis;
  readonly read: () => Promise<void>;
  /** Reads it where the last reading serves no write any more. */
  readonly readForWrites: () => Promise<void>;
  /** Orders were changed by us: the last reading is as good as none. */
  readonly expire: () => void;
  /** Whether what the shop has sold meanwhile is not known: nothing rises. */
  readonly isStale: () => boolean;
  /** Every source of it was read then. */
  readonly wholeAt: () => Millis | undefined;
  readonly trouble: () => Trouble | undefined;
};

export type FeedParts = {
  readonly work: ChannelWork;
  readonly leave: Leave;
  readonly alarm: Alarm;
  readonly wishes: Wishes;
  /** After each reading that was whole. @param orders how many it brought */
  readonly onWhole: (orders: number) => void;
  /** The shop was restored from a backup: stops writing. */
  readonly onRestored: (detail: string) => Promise<void>;
};

export const createFeedTurns = (parts: FeedParts): FeedTurns => new Turns(parts);

class Turns implements FeedTurns {
  /** Since then a feed that was never whole is missed. */
  private readonly beganAt: Millis;
  private readonly retry;
  private readAt = Number.NEGATIVE_INFINITY;
  private lastWholeAt: Millis | undefined;
  private againAt: Millis | undefined;
  private lastTrouble: Trouble | undefined;

  constructor(private readonly parts: FeedParts) {
    const { now } = parts.work;
    this.beganAt = now();
    this.retry = createRetry(now);
  }

  readonly wholeAt = (): Millis | undefined => this.lastWholeAt;
  readonly trouble = (): Trouble | undefined => this.lastTrouble;
  readonly isStale = (): boolean => this.parts.work.now() - (this.lastWholeAt ?? 0) > feedStaleMillis;
  readonly expire = (): void => {
    this.readAt = Number.NEGATIVE_INFINITY;
  };

  readonly dueAt = (): Millis => {
    const wanted = Math.min(this.readAt + feedEveryMillis, this.againAt ?? Infinity);
    return Math.max(this.retry.at(), this.parts.wishes.isEmpty() ? wanted : Number.NEGATIVE_INFINITY);
  };

  readonly readForWrites = async (): Promise<void> => {
    const now = this.parts.work.now();
    if (now - this.readAt >= feedServesMillis && now >= this.retry.at()) await this.read();
  };

  readonly read = async (): Promise<void> => {
    const { work, wishes } = this.parts;
    const { now, pool, channel } = work;
    const taken = wishes.take();
    const at = now();
    this.lastWholeAt ??= (await findFeed(pool, channel.channel))?.wholeAt;
    const turn = await readFeed(work, taken.orders);
    this.readAt = at;
    answerWishes(taken, turn);
    this.againAt = await nextOrderAgain(pool, channel.channel);
    await (turn.kind === 'went_back' ? this.wentBack(turn) : this.heed(turn, at));
  };

  private async wentBack({ source, from, to }: Extract<FeedTurn, { kind: 'went_back' }>): Promise<void> {
    const { work, leave, onRestored } = this.parts;
    leave.endWriting();
    await onRestored(`${source}: the newest was ${from}, now it is ${to}.`);
    await startAnew(work);
  }

  private async heed(turn: Exclude<FeedTurn, { kind: 'went_back' }>, at: Millis): Promise<void> {
    const { leave, alarm } = this.parts;
    this.lastTrouble = turn.kind === 'whole' ? undefined : turn.trouble;
    if (turn.kind === 'whole') this.wasWhole(at, turn.orders);
    else this.retry.failed();
    // A shop that is worked on may be away.
    if (this.lastTrouble !== undefined && leave.isMaintained()) return;
    await alarm.feed(this.lastTrouble, this.lastWholeAt ?? this.beganAt);
  }

  private wasWhole(at: Millis, orders: number): void {
    this.parts.onWhole(orders);
    this.lastWholeAt = at;
    this.retry.worked();
  }
}

const answerWishes = ({ asked, read }: TakenWishes, { kind }: FeedTurn): void => {
  if (kind !== 'trouble') asked();
  if (kind === 'whole') read();
};
