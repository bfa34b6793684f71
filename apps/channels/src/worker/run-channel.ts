import { takesOrders, type ChannelPort, type Trouble } from '#channel-kit';
import type { ChannelConnection, KeptOrder } from '../contracts/index.js';
import { createAlarm } from './alarm.js';
import type { ChannelWork, WorkDeps } from './deps.js';
import { createFeedTurns, type FeedTurns } from './feed-turns.js';
import { guardedPort, type ChannelGuard } from './guarded-port.js';
import { createLeave } from './leave.js';
import { createPause } from './pause.js';
import { createBackoff } from './rhythm.js';
import { createRowsTurns, type RowsTurns } from './rows-turns.js';
import { createTempo, type Tempo } from './tempo.js';
import { createUpkeep, type Upkeep } from './upkeep.js';
import { createMappingsUpkeep } from './upkeep-mappings.js';
import { createWishes } from './wishes.js';

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

/** Keeps one channel right until the signal aborts. What it remembers is moments and counts, nothing of rows or orders. */
export const runChannel = (run: ChannelRun): RunningChannel => {
  const tempo = run.tempo ?? createTempo(run.port.capabilities, run.now);
  const work = guardedWork(run, tempo);
  const { now } = run;
  const mappings = createMappingsUpkeep(work);
  const wishes = createWishes();
  let hintedAt: number | undefined;
  const parts = { work, wishes, leave: createLeave(run.channel, now), alarm: createAlarm(work) };
  const upkeep: Upkeep = createUpkeep({ ...parts, feed: () => feed, scans: run.scans ?? (() => true) });
  const { onRestored, mayWrite } = run;
  const feed = createFeedTurns({ ...parts, onRestored, onWhole: (orders) => upkeep.heard(orders, hintedAt) });
  const rows = createRowsTurns({ ...parts, tempo, feed, mayWrite });
  const pause = createPause(run);
  const { wake } = pause;
  return {
    ...{ work, wake },
    remap: () => {
      mappings.expire();
      wake();
    },
    hint: (orders) => {
      wishes.hint(orders);
      hintedAt = now();
      wake();
    },
    readNow: (orders) => {
      const read = wishes.wait(orders);
      wake();
      return read;
    },
    standing: () => ({ feedWholeAt: feed.wholeAt(), hintedAt, trouble: feed.trouble() ?? rows.trouble() }),
    stopped: loop(run, { tempo, pause, turn: () => turnOf({ work, tempo, feed, rows, mappings, upkeep }) }).then(
      wishes.end,
    ),
  };
};

const guardedWork = (run: ChannelRun, { share }: Tempo): ChannelWork => {
  const { guard, busyMillis = run.now } = run;
  return { ...run, port: guardedPort(run.port, { ...guard, onSpent: share.spend, busyMillis }) };
};

type Turning = {
  readonly tempo: Tempo;
  readonly pause: ReturnType<typeof createPause>;
  /** @returns how long nothing is due, in milliseconds */
  readonly turn: () => Promise<number>;
};

const loop = async (run: ChannelRun, { tempo: { share }, pause, turn }: Turning): Promise<void> => {
  const { signal, onTrouble, channel } = run;
  const backoff = createBackoff();
  if (!takesOrders(channel.ladder)) return;
  while (!signal.aborted) {
    const rest = await turn().then(
      (millis) => {
        backoff.reset();
        return millis;
      },
      (error: unknown) => {
        if (signal.aborted) return 0;
        onTrouble(`channel ${channel.channel}`, error);
        return backoff.next();
      },
    );
    const firmly = share.owedFirmly();
    await pause.restFirmly(firmly);
    await pause.rest(rest - firmly);
  }
};

type TurnParts = {
  readonly work: ChannelWork;
  readonly tempo: Tempo;
  readonly feed: FeedTurns;
  readonly rows: RowsTurns;
  readonly mappings: ReturnType<typeof createMappingsUpkeep>;
  readonly upkeep: Upkeep;
};

/** What is due now. @returns how long nothing is, in milliseconds */
const turnOf = async ({ work: { now }, tempo, feed, rows, mappings, upkeep }: TurnParts): Promise<number> => {
  if (now() >= feed.dueAt()) await feed.read();
  if (feed.trouble() === undefined) await upkeep.step();
  await mappings.step();
  const isWalking = feed.trouble() === undefined && (await upkeep.walk());
  if ((await rows.step()) || isWalking) return tempo.share.owed();
  const next = Math.min(await rows.dueAt(), feed.dueAt(), mappings.dueAt());
  return Math.max(0, next - now());
};
