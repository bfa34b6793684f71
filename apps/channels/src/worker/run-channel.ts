import { computes, isWithin, takesOrders, type ChannelPort, type Trouble } from '#channel-kit';
import { syncMappings } from '../catalogue/sync-listings.js';
import { maintenanceOf } from '../connections/index.js';
import type { ChannelConnection, KeptOrder } from '../contracts/index.js';
import { confirm } from '../intake/deliver.js';
import { readFeed, type FeedTurn } from '../intake/read-feed.js';
import { startAnew } from '../intake/start-anew.js';
import type { Surroundings } from '../push/read-rows.js';
import { setRows } from '../push/set-rows.js';
import { reviewUnpaid } from '../intake/review-unpaid.js';
import { driftOf, findFeed, nextDue, nextOrderAgain, openOrders, scanRows } from '../store/index.js';
import { createAlarm, type Alarm } from './alarm.js';
import type { ChannelWork, WorkDeps } from './deps.js';
import { guardedPort, type ChannelGuard } from './guarded-port.js';
import { createPause } from './pause.js';
import { createRetry, type Retry } from './retry.js';
import { createSurveys, type Surveys } from './surveys.js';
import { createTempo, type Tempo } from './tempo.js';
import { createListingsUpkeep, type ListingsUpkeep } from './upkeep-listings.js';
import {
  createBackoff,
  driftCountedMillis,
  feedEveryMillis,
  feedServesMillis,
  feedStaleMillis,
  mappingsEveryMillis,
  upkeepEveryMillis,
} from './rhythm.js';

/** How the work on a channel stands. Milliseconds since 1970. */
export type ChannelStanding = {
  readonly feedWholeAt: number | undefined;
  readonly hintedAt: number | undefined;
  readonly trouble: Trouble | undefined;
};

export type RunningChannel = {
  readonly work: ChannelWork;
  /** There is something to do, or may be. */
  readonly wake: () => void;
  /** What the ledger says of listings may have changed. */
  readonly remap: () => void;
  /** Orders that may have changed. */
  readonly hint: (orders: readonly string[]) => void;
  /** Resolves when they have been read. @throws when the worker has ended before */
  readonly readNow: (orders: readonly string[]) => Promise<void>;
  readonly standing: () => ChannelStanding;
  /** Resolves when the signal has ended it. */
  readonly stopped: Promise<void>;
};

export type ChannelRun = WorkDeps & {
  readonly channel: ChannelConnection;
  readonly port: ChannelPort<KeptOrder>;
  readonly signal: AbortSignal;
  /** So long the shop was busy with us so far. Undefined: it is counted from each question to its answer. */
  readonly busyMillis?: (() => number) | undefined;
  /** How the shop bore those who ran the channel before; nobody did, when left out. */
  readonly tempo?: Tempo;
  /** @throws when this process is not the one that writes any more */
  readonly mayWrite: () => Promise<void>;
  /** The shop was restored from a backup: stops writing. */
  readonly onRestored: (detail: string) => Promise<void>;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly guard: ChannelGuard;
  /** Whether listings, rows and open orders that nobody has heard of for long are read again; always when left out. */
  readonly scans?: () => boolean;
};

/** Orders that are read because of hints: more of them the feed brings. */
const hintsMax = 1_000;

/** Orders that somebody waits for. */
type Wish = {
  readonly orders: readonly string[];
  readonly done: () => void;
  readonly failed: (error: Error) => void;
};

/** Keeps one channel right until the signal aborts. */
export const runChannel = (run: ChannelRun): RunningChannel => new ChannelLoop(run).running;

/** The memory of a channel's loop: moments and counts, nothing of rows or orders. */
class ChannelLoop {
  readonly running: RunningChannel;
  private readonly work: ChannelWork;
  private readonly alarm: Alarm;
  private readonly backoff = createBackoff();
  /** A shop whose orders are away may have its rows set all the same, and the other way round. */
  private readonly feedRetry: Retry;
  private readonly rowsRetry: Retry;
  private readonly pause: ReturnType<typeof createPause>;
  private readonly hints = new Set<string>();
  private readonly tempo: Tempo;
  private readonly listings: ListingsUpkeep;
  private readonly surveys: Surveys;
  /** Since then a feed that was never whole is missed. */
  private readonly beganAt: number;
  private feedReadAt = Number.NEGATIVE_INFINITY;
  private feedWholeAt: number | undefined;
  private hintedAt: number | undefined;
  private readonly wishes: Wish[] = [];
  private againAt: number | undefined;
  private upkeptAt = Number.NEGATIVE_INFINITY;
  private drift = { rows: 0, drifting: 0, raisedToday: 0 };
  private driftCountedAt = Number.NEGATIVE_INFINITY;
  private feedTrouble: Trouble | undefined;
  private rowsTrouble: Trouble | undefined;
  private isMappingOld = true;
  private mappedAt = Number.NEGATIVE_INFINITY;
  /** The shop was restored while this run could write there: it writes no more, whoever lets it go on begins another. */
  private hasToStop = false;

  constructor(private readonly run: ChannelRun) {
    this.tempo = run.tempo ?? createTempo(run.port.capabilities, run.now);
    this.feedRetry = createRetry(run.now);
    this.rowsRetry = createRetry(run.now);
    const { busyMillis = run.now } = run;
    const port = guardedPort(run.port, { ...run.guard, onSpent: this.tempo.share.spend, busyMillis });
    this.work = { ...run, port };
    this.listings = createListingsUpkeep(this.work);
    this.surveys = createSurveys(this.work, mayAsk(run.channel.ladder));
    this.alarm = createAlarm(this.work);
    this.beganAt = run.now();
    this.pause = createPause(run);
    this.running = {
      work: this.work,
      wake: this.pause.wake,
      remap: () => this.remap(),
      hint: (orders) => this.takeHints(orders),
      readNow: (orders) => this.wish(orders),
      standing: () => ({
        feedWholeAt: this.feedWholeAt,
        hintedAt: this.hintedAt,
        trouble: this.feedTrouble ?? this.rowsTrouble,
      }),
      stopped: this.loop(),
    };
  }

  private remap(): void {
    this.isMappingOld = true;
    this.pause.wake();
  }

  private takeHints(orders: readonly string[]): void {
    for (const order of orders) if (this.hints.size < hintsMax) this.hints.add(order);
    this.hintedAt = this.run.now();
    this.pause.wake();
  }

  private wish(orders: readonly string[]): Promise<void> {
    return new Promise((done, failed) => {
      this.wishes.push({ orders, done, failed });
      this.pause.wake();
    });
  }

  private async loop(): Promise<void> {
    const { signal, onTrouble, channel } = this.run;
    if (!takesOrders(channel.ladder)) return;
    while (!signal.aborted) {
      const rest = await this.turn().catch((error: unknown) => {
        if (signal.aborted) return 0;
        onTrouble(`channel ${channel.channel}`, error);
        return this.backoff.next();
      });
      const firmly = this.tempo.share.owedFirmly();
      await this.pause.restFirmly(firmly);
      await this.pause.rest(rest - firmly);
    }
    for (const { failed } of this.wishes) failed(new Error('The worker has ended before all orders were read'));
  }

  /** What is due now. @returns how long nothing is, in milliseconds */
  private async turn(): Promise<number> {
    if (this.run.now() >= this.feedDueAt()) await this.readFeed();
    if (this.feedTrouble === undefined) await this.upkeep();
    await this.readMappings();
    const isWalking = this.feedTrouble === undefined && !this.isMaintained() && (await this.listings.step());
    const isWorking = (await this.setRowsInTime()) || isWalking;
    this.backoff.reset();
    return isWorking ? this.tempo.share.owed() : this.untilNext();
  }

  private feedDueAt(): number {
    const isAsked = this.hints.size > 0 || this.wishes.length > 0;
    const wanted = Math.min(this.feedReadAt + feedEveryMillis, this.againAt ?? Infinity);
    return Math.max(this.feedRetry.at(), isAsked ? Number.NEGATIVE_INFINITY : wanted);
  }

  /** A channel that lists few of its SKUs hears much of the others: its mapping is not read each time. */
  private async readMappings(): Promise<void> {
    const { now } = this.run;
    if (!this.isMappingOld || now() - this.mappedAt < mappingsEveryMillis) return;
    this.isMappingOld = false;
    this.mappedAt = now();
    await syncMappings(this.work);
  }

  /** Rows have their turn: not in a shop that was restored, and not in the time that its owner keeps for himself. */
  private setsRows(): boolean {
    return computes(this.run.channel.ladder) && !this.hasToStop && !this.isMaintained();
  }

  private isMaintained(): boolean {
    const window = maintenanceOf(this.run.channel.settings);
    return window !== undefined && isWithin(window, this.run.now());
  }

  /** What is done once a minute. */
  private async upkeep(): Promise<void> {
    const { pool, now, channel } = this.run;
    if (now() - this.upkeptAt < upkeepEveryMillis) return;
    this.upkeptAt = now();
    const hasMissed = !this.isMaintained() && (await this.surveys.step());
    // Where no row has its turn nobody else hears what the ledger does not take.
    await confirm(this.work);
    if (mayAsk(channel.ladder) && this.setsRows() && (await reviewUnpaid(this.work)))
      this.feedReadAt = Number.NEGATIVE_INFINITY;
    // What messages would have said of open orders is read; the others the feed brings.
    if (hasMissed) await this.hintOpenOrders(now(), hintsMax);
    if (this.run.scans?.() === false) return;
    await this.listings.beginIfOld();
    await scanRows(pool, channel.channel, now(), scanRowsMax);
    await this.hintOpenOrders(now() - dayMillis, openOrdersMax);
  }

  private async hintOpenOrders(readBefore: number, most: number): Promise<void> {
    const { pool, channel } = this.run;
    for (const order of await openOrders(pool, channel.channel, readBefore, most)) this.hints.add(order);
  }

  private async untilNext(): Promise<number> {
    const { pool, now, channel } = this.run;
    const due = this.setsRows() ? ((await nextDue(pool, channel.channel)) ?? Infinity) : Infinity;
    const mapping = this.isMappingOld ? this.mappedAt + mappingsEveryMillis : Infinity;
    return Math.max(0, Math.min(this.feedDueAt(), Math.max(due, this.rowsRetry.at()), mapping) - now());
  }

  private async readFeed(): Promise<void> {
    const { now, pool, channel } = this.run;
    const wishes = [...this.wishes];
    const hints = [...this.hints, ...wishes.flatMap(({ orders }) => orders)];
    const at = now();
    this.feedWholeAt ??= (await findFeed(pool, channel.channel))?.wholeAt;
    const turn = await readFeed(this.work, hints);
    this.feedReadAt = at;
    if (turn.kind !== 'trouble') for (const hint of hints) this.hints.delete(hint);
    if (turn.kind === 'whole') for (const { done } of this.wishes.splice(0, wishes.length)) done();
    this.againAt = await nextOrderAgain(pool, channel.channel);
    await this.heed(turn, at);
  }

  private async heed(turn: FeedTurn, at: number): Promise<void> {
    if (turn.kind === 'went_back') {
      this.hasToStop ||= mayAsk(this.run.channel.ladder);
      await this.run.onRestored(`${turn.source}: the newest was ${turn.from}, now it is ${turn.to}.`);
      await startAnew(this.work);
      return;
    }
    this.feedTrouble = turn.kind === 'whole' ? undefined : turn.trouble;
    if (turn.kind === 'whole') this.feedWasWhole(at, turn.orders);
    else this.feedRetry.failed();
    // A shop that is worked on may be away.
    if (this.feedTrouble !== undefined && this.isMaintained()) return;
    await this.alarm.feed(this.feedTrouble, this.feedWholeAt ?? this.beganAt);
  }

  private feedWasWhole(at: number, orders: number): void {
    this.surveys.note(orders, this.hintedAt);
    this.feedWholeAt = at;
    this.feedRetry.worked();
  }

  private async setRowsInTime(): Promise<boolean> {
    if (!this.setsRows()) this.rowsTrouble = undefined;
    return this.setsRows() && this.run.now() >= this.rowsRetry.at() && (await this.setRows());
  }

  /** @returns whether any had their turn */
  private async setRows(): Promise<boolean> {
    const { mayWrite } = this.run;
    const done = await setRows(this.work, {
      ...{ rowsMax: this.tempo.rows(), rowsReadMax: this.tempo.rowsMax * readsOfWrite, mayWrite },
      readFeedFirst: () => this.feedOfNow(),
    });
    this.drift.raisedToday += done.raised;
    if (done.written) await this.alarm.writes(done.written.trouble);
    if (done.written) this.tempo.wrote(done.written.rows, done.written.millis);
    this.rowsTrouble = done.trouble;
    if (done.trouble) this.rowsRetry.failed();
    else this.rowsRetry.worked();
    return done.rows > 0;
  }

  private async feedOfNow(): Promise<Omit<Surroundings, 'now'> | undefined> {
    const { pool, now, channel } = this.run;
    if (now() - this.feedReadAt >= feedServesMillis && now() >= this.feedRetry.at()) await this.readFeed();
    if (!this.setsRows()) return undefined;
    await confirm(this.work);
    if (now() - this.driftCountedAt >= driftCountedMillis) {
      this.driftCountedAt = now();
      this.drift = await driftOf(pool, channel.channel, now() - dayMillis);
    }
    const feedWholeAt = this.feedWholeAt ?? 0;
    return { isFeedStale: now() - feedWholeAt > feedStaleMillis, feedWholeAt, channel: this.drift };
  }
}

/** The shop is asked to do something: not before anything is written there. */
const mayAsk = ({ rung }: ChannelConnection['ladder']): boolean => rung === 'live' || rung === 'canary';

/** What is written is read twice again: as many looks beside a request's writes, and they keep up with them. */
const readsOfWrite = 2;
/** A minute's share of open orders that are read again once a day. */
const openOrdersMax = 50;
/** A minute's share of rows that nobody has read for long. */
const scanRowsMax = 1_000;
const dayMillis = 86_400_000;
