import type { LedgerSide } from '#apps/channels';
import type { RowKey } from '#channel-kit';
import { millisOf, type Clock } from '#event-sourcing';
import { readFeed } from './feed.js';
import { goodHabits, type Habits } from './habits.js';
import type { Keeper, KeeperParts, KeptChannel } from './keeper.js';
import { memoryOf, type Memory } from './memory.js';
import { beginLife, mortal, never, type Life } from './mortal.js';
import { keepRows } from './rows.js';
import { saidAgain } from './said-again.js';
import type { Turn } from './turn.js';

const turnMillisMax = 5_000;
const turnMillisMin = 1_000;

/** Who does not read the feed before it writes reads it so seldom. */
const seldomMillis = 120_000;

const ledgerFor = ({ ledger, clock }: KeeperParts, { asksAnew }: Habits): LedgerSide =>
  asksAnew ? ledger : saidAgain(ledger, clock);

type Channel = {
  readonly turn: Turn;
  readonly hinted: Set<string>;
  wake: () => void;
};

const openChannel = (of: KeptChannel, parts: KeeperParts, memory: Memory, habits: Habits, life: Life): Channel => ({
  turn: {
    of: { ...of, port: mortal(life, of.port) },
    ...{ memory: memoryOf(memory, of.channel), ledger: mortal(life, ledgerFor(parts, habits)), habits },
    ...{ records: parts, now: () => millisOf(parts.clock.now()) },
    // What this process has not heard of itself an earlier one may have.
    dirty: new Set(memoryOf(memory, of.channel).records.keys()),
  },
  hinted: new Set(),
  wake: () => undefined,
});

/** Rests until it is time for the next turn, or something is heard; never less than a second. */
const restOf = async (channel: Channel, clock: Clock, life: Life, began: number): Promise<void> => {
  const { turn, hinted } = channel;
  const heard = new AbortController();
  channel.wake = () => heard.abort();
  if (turn.dirty.size > 0 || hinted.size > 0 || turn.memory.making.size > 0) heard.abort();
  const sinceThen = turn.now() - began;
  await clock.sleep(Math.max(0, turnMillisMin - sinceThen));
  await clock.sleep(Math.max(0, turnMillisMax - turnMillisMin - sinceThen), heard.signal);
  if (life.isOver()) await never;
};

const live = async (channel: Channel, clock: Clock, life: Life, scans: () => boolean): Promise<void> => {
  const { turn, hinted } = channel;
  while (!life.isOver()) {
    const began = turn.now();
    const ids = [...hinted];
    hinted.clear();
    if (turn.habits.readsFeedFirst || began - turn.memory.fedAt > seldomMillis) await readFeed(turn, ids);
    await keepRows(turn, scans());
    await restOf(channel, clock, life, began);
  }
};

/**
 * A worker as plain as can be, on channel-kit alone: it shows that the week can be played to its end, and, with one of its
 * habits broken, that the week finds out. What is in `memory` outlives it.
 */
export const startKeeper = async (
  parts: KeeperParts,
  memory: Memory,
  { habits = goodHabits, scans = () => true }: { readonly habits?: Habits; readonly scans?: () => boolean } = {},
): Promise<Keeper> => {
  const life = beginLife();
  const channels = parts.channels.map((of) => openChannel(of, parts, memory, habits, life));
  const find = (channel: string): Channel | undefined => channels.find(({ turn }) => turn.of.channel === channel);
  const touch = (channel: Channel | undefined, rows: readonly RowKey[]): void => {
    for (const row of rows) channel?.turn.dirty.add(row);
    channel?.wake();
  };
  const following = await parts.ledger.follow((pairs) => {
    for (const { channel, sku } of life.isOver() ? [] : pairs) {
      const at = find(channel);
      touch(at, at?.turn.of.listings.filter((listing) => listing.sku === sku).map(({ row }) => row) ?? []);
    }
    return Promise.resolve();
  });
  for (const channel of channels) void live(channel, parts.clock, life, scans);
  return {
    hint: (channel, orders) => {
      const at = find(channel);
      for (const order of orders) at?.hinted.add(order);
      at?.wake();
    },
    kill: () => {
      life.end();
      void following.stop();
    },
  };
};
