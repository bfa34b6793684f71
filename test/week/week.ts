import type { KeptOrder } from '#apps/channels';
import type { ChannelPort } from '#channel-kit';
import { createPrestashopPort, webserviceClient } from '#connectors/prestashop';
import { instantOf } from '#event-sourcing';
import { seededRandom } from '#testing';
import { drawFrom, type Draw } from '../simulation/steps.js';
import type { Version } from '../servers/prestashop/index.js';
import { doBusiness, shipSome } from './acts/everyday.js';
import { goWrong, injections } from './acts/injections.js';
import { receive } from './acts/warehouse.js';
import { judgeNames, type Naming } from './checks/named.js';
import { checkSequences } from './checks/order-of-writes.js';
import { checkRows, checkShelves, settledMillis } from './checks/settled.js';
import { watchRows } from './checks/watch.js';
import type { Company } from './company/company.js';
import { openPlace, type Place } from './company/places.js';
import { createGauge, type Gauge } from './gauge.js';
import type { Keeper, KeeperParts } from './keeper/keeper.js';
import { createWeekLedger } from './ledger/ledger-side.js';
import { definePlaces, openLedger, operator, warehouse } from './ledger/open-ledger.js';
import { createNetwork, type Network } from './network.js';
import { emptyNotes, type Notes } from './notes.js';
import { minutes, type Scene } from './scene.js';
import { createStage, type Stage } from './stage.js';

/** Begins whoever keeps the shops right; asked again after a crash. */
export type Begin = (parts: KeeperParts, plan: { readonly scans: () => boolean }) => Promise<Keeper>;

export type Plan = {
  readonly seed: number;
  readonly skus: number;
  /** Bursts of business; between them the shops are quiet for so long. */
  readonly bursts: number;
  readonly quietMillis: number;
  /** Things of each kind that go wrong in a burst, and other things that happen. */
  readonly wrong: number;
  readonly business: number;
};

export type Played = {
  readonly notes: Notes;
  readonly naming: Naming;
  /** What is wrong; empty where all is right. */
  readonly wrong: readonly string[];
};

const versions: readonly (readonly [channel: string, version: Version])[] = [
  ['north', '1.7.8'],
  ['east', '8.2'],
  ['south', '9.1'],
  ['west', '8.2'],
];

const beginsAt = Date.UTC(2026, 2, 2, 6);

const skusOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, nth) => `sku-${String(nth).padStart(4, '0')}`);

type Setting = { readonly scene: Scene; readonly stop: () => Promise<void> };

const openPlaces = async (stage: Stage, units: ReadonlyMap<string, number>): Promise<readonly Place[]> => {
  const skus = [...units.keys()];
  const places: Place[] = [];
  for (const [channel, version] of versions)
    places.push(
      await openPlace(stage, {
        ...{ channel, version, skus, sellsPairs: channel === 'west' },
        units: (sku) => units.get(sku) ?? 0,
      }),
    );
  return places;
};

const portsOf = (places: readonly Place[], network: Network, stage: Stage) => {
  const clients = places.map(({ server }) => webserviceClient({ base: `${server.url}/api/`, key: server.key }));
  const channels = places.map(({ channel, connection, bySku }, nth) => {
    const client = clients[nth];
    if (client === undefined) throw new Error('no client');
    const port = createPrestashopPort({ client, now: stage.millis }) as unknown as ChannelPort<KeptOrder>;
    return {
      ...{ channel, connection, listings: [...bySku.values()] },
      port: network.over(channel, port, stage.clock),
    };
  });
  return { channels, close: () => Promise.all(clients.map((client) => client.close())) };
};

const openingStock = async (scene: Scene): Promise<void> => {
  const { ledger, company } = scene;
  const asker = { ...operator, connection: warehouse.connection };
  const reports = [...company.shelf].map(([sku, quantity]) =>
    ledger.report(
      asker,
      sku,
      {
        ...{ kind: 'receipt', connection: warehouse.connection, location: warehouse.location, quantity },
        ...{ sourceKey: `opening-${sku}`, sourceVersion: 1, occurredAt: instantOf(beginsAt), bucket: 'sellable' },
      },
      { momentGiven: true },
    ),
  );
  await Promise.all(reports);
  for (const sku of company.shelf.keys()) scene.side.touched(sku);
};

const companyOf = (places: readonly Place[], units: ReadonlyMap<string, number>, now: () => number): Company => ({
  ...{ places, now, shelf: new Map(units), parcels: new Map(), carts: new Map() },
});

const recordsOf = (notes: Notes): Pick<KeeperParts, 'findings' | 'syncLog'> => ({
  findings: { note: (some) => Promise.resolve(void notes.findings.push(...some)) },
  syncLog: {
    write: (entries) =>
      Promise.resolve(void notes.writes.push(...entries.filter(({ operation }) => operation === 'write_stock'))),
  },
});

const openScene = async (plan: Plan, begin: Begin, scans: () => boolean): Promise<Setting> => {
  const stage = createStage(instantOf(beginsAt));
  const draw: Draw = drawFrom(seededRandom(plan.seed));
  const units = new Map(skusOf(plan.skus).map((sku) => [sku, 20 + 2 * draw.below(40)]));
  const gauge: Gauge = createGauge();
  stage.waitFor(gauge.underWay);
  const places = await openPlaces(stage, units);
  const ledger = await openLedger(stage);
  await definePlaces(ledger, places);
  const network = createNetwork(gauge);
  const side = createWeekLedger({ stage, ledger, places, draw, gauge });
  const { channels, close } = portsOf(places, network, stage);
  const notes = emptyNotes();
  const parts: KeeperParts = { channels, ledger: side, clock: stage.clock, ...recordsOf(notes) };
  let keeper: Keeper | undefined;
  const scene: Scene = {
    ...{ stage, draw, ledger, side, network, notes, orders: [], busy: new Set() },
    company: companyOf(places, units, stage.millis),
    hint: (channel, orders) => keeper?.hint(channel, orders),
    crash: (millis) => {
      if (keeper === undefined) return;
      keeper.kill();
      keeper = undefined;
      stage.play('a new worker', async () => {
        await stage.rest(millis);
        keeper = await begin(parts, { scans });
      });
    },
  };
  await openingStock(scene);
  keeper = await begin(parts, { scans });
  const stop = async (): Promise<void> => {
    keeper?.kill();
    await close();
    await ledger.stop();
    for (const { server } of places) await server.stop();
  };
  return { scene, stop };
};

/** What happens begins within a minute and takes another. */
const burstMillis = 150_000;
/** Of the orders that wait, those that leave in a burst. */
const shippedShare = 0.2;

/** Business and what goes wrong, all at once; then time to settle, and nothing may be wrong. */
const playBurst = async (scene: Scene, plan: Plan, isCalm: boolean): Promise<void> => {
  const { stage, busy, notes } = scene;
  const begun = stage.millis();
  for (let acts = 0; acts < plan.business; acts += 1) stage.play('business', () => doBusiness(scene));
  for (const [what, act] of isCalm ? [] : Object.entries(injections))
    for (let times = 0; times < plan.wrong; times += 1) stage.play(what, () => goWrong(scene, act));
  stage.play('parcels', () => shipSome(scene, shippedShare));
  await stage.passUntil(begun + burstMillis);
  while (!stage.isOver()) await stage.passUntil(stage.millis() + minutes(0.5));
  const skus = [...new Set([...busy, ...notes.touched.keys()])];
  const last = Math.max(...notes.touched.values(), ...notes.injections.map(({ until }) => until - settledMillis));
  await stage.passUntil(Math.max(stage.millis(), last + settledMillis + 5_000));
  notes.wrong.push(...(await checkShelves(scene, skus)), ...(await checkRows(scene, skus)));
  busy.clear();
  notes.touched.clear();
};

/** What runs low is ordered anew. */
const refill = (scene: Scene): void => {
  const { company } = scene;
  for (const [sku, units] of company.shelf) if (units < 20) receive(scene, sku, 40);
};

/** A week of the shops from a seed: the same seed, the same week. */
export const playWeek = async (plan: Plan, begin: Begin): Promise<Played> => {
  let scans = true;
  const { scene, stop } = await openScene(plan, begin, () => scans);
  const { stage, notes } = scene;
  try {
    const watch = watchRows(scene);
    stage.onStep(watch.look);
    await stage.passUntil(beginsAt + minutes(2));
    for (let burst = 0; burst < plan.bursts; burst += 1) {
      const isLast = burst === plan.bursts - 1;
      if (isLast) scans = false;
      refill(scene);
      await playBurst(scene, plan, isLast);
      await stage.skip(plan.quietMillis);
    }
    const skus = [...scene.company.shelf.keys()];
    notes.wrong.push(...(await checkShelves(scene, skus)), ...(await checkRows(scene, skus)));
    const naming = judgeNames(notes);
    return { notes, naming, wrong: [...notes.wrong, ...naming.wrong, ...checkSequences(notes)] };
  } finally {
    await stop();
  }
};
