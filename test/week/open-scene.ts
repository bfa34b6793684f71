import type { KeptOrder } from '#apps/channels';
import type { ChannelPort } from '#channel-kit';
import { createPrestashopPort, webserviceClient } from '#connectors/prestashop';
import { instantOf } from '#event-sourcing';
import { seededRandom } from '#testing';
import { drawFrom, type Draw } from '../simulation/steps.js';
import type { Version } from '../servers/prestashop/index.js';
import type { Company } from './company/company.js';
import type { Outlet } from './company/outlet.js';
import { openPlace, type Place, type Seller } from './company/places.js';
import { createGauge, type Gauge } from './gauge.js';
import type { Keeper, KeeperParts, KeptChannel } from './keeper/keeper.js';
import { createWeekLedger } from './ledger/ledger-side.js';
import { definePlaces, openLedger, operator, warehouse } from './ledger/open-ledger.js';
import { createNetwork, type Network } from './network.js';
import { emptyNotes, type Notes } from './notes.js';
import type { Scene } from './scene.js';
import { createStage, type Stage } from './stage.js';

/** Begins whoever keeps the shops right; asked again after a crash. */
export type Begin = (parts: KeeperParts, plan: { readonly scans: () => boolean }) => Promise<Keeper>;

/** Channels and the releases of their shops; the last one sells some things by the pair. */
export type Shops = readonly (readonly [channel: string, version: Version])[];

/** A channel of another kind than the shops, on the same stage. */
export type Beside = Seller & {
  readonly port: KeptChannel['port'];
  readonly close: () => Promise<void>;
  /** As those see it who count; left out: nobody does. */
  readonly outlet?: Outlet;
};

export type Opening = {
  readonly seed: number;
  readonly shops: Shops;
  /** SKUs, and what lies on their shelves. */
  readonly units: ReadonlyMap<string, number>;
  readonly sellsPairs: boolean;
  /** What else sells these; time waits for what the gauge counts. */
  readonly beside?: (stage: Stage, gauge: Gauge, network: Network) => Promise<readonly Beside[]>;
  /** How many of the messages to the ledger come twice, from 0 to 1. */
  readonly twiceShare?: number;
};

export const beginsAt = Date.UTC(2026, 2, 2, 6);

export type Setting = { readonly scene: Scene; readonly stop: () => Promise<void> };

const openPlaces = async (stage: Stage, { units, shops, sellsPairs }: Opening): Promise<readonly Place[]> => {
  const skus = [...units.keys()];
  const places: Place[] = [];
  for (const [nth, [channel, version]] of shops.entries())
    places.push(
      await openPlace(stage, {
        ...{ channel, version, skus, sellsPairs: sellsPairs && nth === shops.length - 1 },
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

const companyOf = (
  places: readonly Place[],
  outlets: readonly Outlet[],
  units: ReadonlyMap<string, number>,
  now: () => number,
): Company => ({
  ...{ places, outlets, now, shelf: new Map(units), parcels: new Map(), carts: new Map(), changed: new Set() },
});

const outletsOf = (beside: readonly Beside[]): readonly Outlet[] => beside.flatMap(({ outlet }) => outlet ?? []);

const recordsOf = (notes: Notes): Pick<KeeperParts, 'findings' | 'syncLog'> => ({
  findings: { note: (some) => Promise.resolve(void notes.findings.push(...some)) },
  syncLog: {
    write: (entries) =>
      Promise.resolve(void notes.writes.push(...entries.filter(({ operation }) => operation === 'write_stock'))),
  },
});

/** Shops, a ledger and whoever keeps them right, on a stage of their own. */
export const openScene = async (opening: Opening, begin: Begin, scans: () => boolean): Promise<Setting> => {
  const stage = createStage(instantOf(beginsAt));
  const { units, seed, twiceShare } = opening;
  const draw: Draw = drawFrom(seededRandom(seed));
  const gauge: Gauge = createGauge();
  stage.waitFor(gauge.underWay);
  const notes = emptyNotes();
  const network = createNetwork(gauge, (channel) => void notes.feedsRead.push({ channel, at: stage.millis() }));
  const places = await openPlaces(stage, opening);
  const beside = (await opening.beside?.(stage, gauge, network)) ?? [];
  const sellers = [...places, ...beside];
  const ledger = await openLedger(stage);
  await definePlaces(ledger, sellers);
  const side = createWeekLedger({
    ...{ stage, ledger, places: sellers, draw, gauge },
    ...(twiceShare !== undefined && { twiceShare }),
  });
  const { channels, close } = portsOf(places, network, stage);
  const parts: KeeperParts = {
    channels: [...channels, ...beside.map((one) => ({ ...one, listings: [...one.bySku.values()] }))],
    ...{ ledger: side, clock: stage.clock, waitFor: stage.waitFor },
    ...recordsOf(notes),
  };
  let keeper: Keeper | undefined;
  const scene: Scene = {
    ...{ stage, draw, ledger, side, network, notes, orders: [], busy: new Set() },
    company: companyOf(places, outletsOf(beside), units, stage.millis),
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
    for (const one of beside) await one.close();
    await ledger.stop();
    for (const { server } of places) await server.stop();
  };
  return { scene, stop };
};
