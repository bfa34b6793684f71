import { setTimeout as wait } from 'node:timers/promises';
import { endWith } from '#deadline';
import type { Logger } from '#platform';
import { isSettled, judge, type Verdict } from './checks.js';
import type { Basket } from './day/baskets.js';
import { readDay } from './day/read-day.js';
import { stockFor } from './day/stock.js';
import { alertsOf } from './ledger/alerts.js';
import { connect } from './ledger/connect.js';
import { createClosing, type Closing } from './ledger/closing.js';
import { figuresOf, type Figure } from './ledger/figures.js';
import { keyOfModule, setUp } from './ledger/set-up.js';
import { startLedger, type DemoLedger } from './ledger/start-ledger.js';
import type { DemoOptions } from './options.js';
import { createTally, playDay, type Tally } from './play.js';
import type { DemoResult } from './show/result.js';
import type { Screen } from './show/screen.js';
import type { Snapshot } from './show/table.js';
import { unitsOf } from './world/count.js';
import { exposureOf } from './world/exposure.js';
import { hold, letGo, type HoldingDesk } from './world/hold.js';
import { holdingModule } from './world/module.js';
import { tellOf } from './world/tell.js';
import { channelsOf, openWorld, setUpsOf, type World } from './world/open-world.js';

export type Demo = {
  readonly options: DemoOptions;
  readonly logger: Logger;
  readonly screen: Screen;
  /** Progress, for people. */
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
};

type Running = {
  readonly stock: ReadonlyMap<string, number>;
  readonly baskets: readonly Basket[];
  readonly world: World;
  readonly ledger: DemoLedger;
  readonly tally: Tally;
};

/** Plays the day, shows it, and judges it. Everything that it started is stopped before this resolves or rejects. */
export const runDemo = async (demo: Demo): Promise<DemoResult> => {
  const closing = createClosing((error) => demo.say(`stopping: ${String(error)}`));
  demo.signal.addEventListener('abort', () => demo.say('stopping'), { once: true });
  try {
    return await play(demo, await start(demo, closing));
  } finally {
    await closing.close();
  }
};

const start = async ({ options, logger, say }: Demo, closing: Closing): Promise<Running> => {
  say(`reading ${options.day} of the retailer's year`);
  const baskets = spread(await readDay(options.day), options.baskets);
  const stock = stockFor(baskets);
  say(`${baskets.length} baskets; half as much of ${stock.size} products as they want`);
  const world = await openWorld(stock, options.withModule);
  closing.add(world.stop);
  say('starting the ledger');
  const ledger = await startLedger(logger, closing);
  const channels = channelsOf(world);
  await setUp(ledger, stock, setUpsOf(channels));
  for (const channel of channels) await connect(ledger, channel);
  if (options.withModule) await install(world, ledger);
  return { stock, baskets, world, ledger, tally: createTally() };
};

/** So many of them, evenly. */
const spread = <Item>(items: readonly Item[], count: number): readonly Item[] =>
  items.filter((_, at) => Math.floor((at * count) / items.length) !== Math.floor(((at - 1) * count) / items.length));

const install = async ({ prestashops, wooCommerce }: World, ledger: DemoLedger): Promise<void> => {
  for (const { channel, server, skuOf, messageSecret: secret } of prestashops) {
    const { shop } = server;
    const parts = {
      ...{ skuOf, ...(await deskOf(ledger, channel)) },
      orderOf: (cart: number) => shop.tables.orders.where(cart)[0]?.id,
      hint: (order: number) => void tellOf({ url: ledger.url, channel, secret }, order),
    };
    shop.install(holdingModule(parts));
  }
  const { channel, messageSecret: secret } = wooCommerce;
  const desk = await deskOf(ledger, channel);
  wooCommerce.install({
    hold: (reservation, lines) => hold(desk, reservation, lines),
    letGo: (reservation) => letGo(desk, reservation),
    tell: (order) => void tellOf({ url: ledger.url, channel, secret }, order),
  });
};

const deskOf = async (ledger: DemoLedger, channel: string): Promise<HoldingDesk> => {
  const key = await keyOfModule(ledger, channel);
  return { channel, ledger: { url: ledger.url, key } };
};

/** How often the state of the day is shown. */
const showMillis = 1_000;
/** At the beginning and at the end: a figure is written, shown, and read again after a minute at most. */
const settleMillisMax = 120_000;

const play = async (demo: Demo, running: Running): Promise<DemoResult> => {
  const { options, say, screen, signal } = demo;
  const { world, baskets, tally, ledger } = running;
  say('every page is set to what the ledger says');
  await settled(demo, running);
  say(`the day begins: ${options.seconds} s`);
  const beganAt = performance.now();
  const shown = showing(demo, running, beganAt);
  const until = (millis: number): Promise<void> => rest(beganAt + millis - performance.now(), signal);
  await playDay({ ...options, baskets, sellers: world.sellers, tally, until, signal });
  const endedAt = performance.now();
  await shown.stop();
  screen.end();
  say('the day is over: the pages settle');
  const verdict = await settled(demo, running);
  const settledSeconds = isSettled(verdict) ? (performance.now() - endedAt) / 1_000 : undefined;
  return {
    ...{ withModule: options.withModule, verdict, settledSeconds, exposure: exposureOf(world.marketplace.server) },
    alerts: await alertsOf(ledger),
  };
};

const askMillis = 250;

/** Waits until everybody agrees, or has had the time for it. */
const settled = async ({ signal }: Demo, running: Running): Promise<Verdict> => {
  const giveUpAt = performance.now() + settleMillisMax;
  for (;;) {
    const verdict = judge({ ...running, ...(await seen(running)) });
    if (isSettled(verdict) || signal.aborted || performance.now() > giveUpAt) return verdict;
    await rest(askMillis, signal);
  }
};

const seen = async ({ ledger, world, stock }: Running) => {
  const figures = new Map<string, ReadonlyMap<string, Figure>>();
  for (const { channel } of world.sellers) figures.set(channel, await figuresOf(ledger, channel, [...stock.keys()]));
  return { sellers: world.sellers, figures, whole: world.prestashops[0]?.channel ?? '' };
};

const sumOf = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

const snapshotOf = async (running: Running, seconds: number): Promise<Snapshot> => {
  const { world, stock, tally } = running;
  const state = await seen(running);
  const verdict = judge({ ...running, ...state });
  return {
    ...{ seconds, had: sumOf(stock.values()) },
    left: sumOf([...(state.figures.get(state.whole)?.values() ?? [])].map(({ atp }) => atp)),
    channels: world.sellers.map(({ channel, asksFirst, shown, sold, orders, writes }) => ({
      ...{ channel, asksFirst, orders: orders(), writes: writes(), played: tally.of(channel) },
      ...{ shown: sumOf([...shown().values()].map((units) => Math.max(0, units))), sold: sumOf(sold().values()) },
    })),
    oversoldInShops: unitsOf(verdict.oversoldInShops),
    oversoldExposed: unitsOf(verdict.oversoldExposed),
    pagesBehind: verdict.wrongPages.length,
  };
};

/** Shows the day as it goes until it is stopped. */
const showing = ({ screen, signal }: Demo, running: Running, beganAt: number) => {
  const stopping = new AbortController();
  const ended = stopping.signal;
  const release = endWith(stopping, signal);
  const show = async (): Promise<void> => {
    while (!ended.aborted) {
      screen.show(await snapshotOf(running, (performance.now() - beganAt) / 1_000));
      await rest(showMillis, ended);
    }
  };
  const shown = show();
  return {
    stop: async (): Promise<void> => {
      stopping.abort();
      release();
      await shown;
    },
  };
};

/** A rest that is cut short ends like one that is over. */
const rest = async (millis: number, signal: AbortSignal): Promise<void> => {
  if (millis > 0) await wait(millis, undefined, { signal }).catch(() => undefined);
};
