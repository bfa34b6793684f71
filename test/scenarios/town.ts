import { afterAll } from 'vitest';
import type { Alert, SyncEntry } from '#apps/channels';
import type { Rung } from '#channel-kit';
import { stockStream } from '#apps/ledger';
import type { CartRow, OrderRow, Version } from '../servers/prestashop/index.js';
import { showsNow } from '../week/company/company.js';
import { nameOf, type Listing, type Place } from '../week/company/places.js';
import { openWorkers, type WorkerHouse } from '../week/keeper/workers.js';
import { operator, warehouse } from '../week/ledger/open-ledger.js';
import { openScene, type Opening, type Setting, type Shops } from '../week/open-scene.js';
import type { Scene } from '../week/scene.js';
import { instantOf } from '#event-sourcing';
import { openMarket, type Market, type MarketOptions } from './market.js';

type CartLine = CartRow['lines'][number];

export const states = { wire: 10, paid: 2, shipped: 4, cancelled: 6, error: 8 } as const;

/** Balances of a SKU, over all places that are one. */
export type Standing = {
  readonly sellable: number;
  readonly committed: number;
  readonly reserved: number;
  /** Units that are owed and that no place covers. */
  readonly owed: number;
};

/** A shop, the workers of the channels on a real database, and the ledger, all on one clock. */
export type Street = Setting & {
  readonly shop: Place;
  readonly alerts: readonly Alert[];
  /** Every attempt of the workers, those that were only computed among them. */
  readonly attempts: readonly SyncEntry[];
  readonly pass: (millis: number) => Promise<void>;
  readonly shows: (place: Place, sku: string) => number;
  /** Quantities that the worker has set of a row, oldest first. */
  readonly written: (place: Place, sku: string) => readonly number[];
  readonly standing: (sku: string) => Promise<Standing>;
  readonly order: (place: Place, sku: string, units: number, state: number) => Promise<OrderRow>;
  readonly setState: (place: Place, order: number, state: number) => Promise<void>;
  /** As the shop's module asks it to. */
  readonly hold: (place: Place, cart: string, sku: string, units: number, ttlMillis: number) => Promise<HoldAnswer>;
  readonly adjust: (sku: string, quantity: number, reason: string) => Promise<void>;
};

/** Two shops on one warehouse. */
export type Town = Street & { readonly bol: Place };

/** A shop and a marketplace on one warehouse. */
export type MarketTown = Street & { readonly bol: Market };

type HoldAnswer = Awaited<ReturnType<Scene['ledger']['carts']['set']>>;

export const listingIn = (place: Place, sku: string): Listing => {
  const listing = place.bySku.get(sku);
  if (listing === undefined) throw new Error(`${place.channel} does not sell ${sku}`);
  return listing;
};

/** What a line of a cart sells. */
export const skuOf = (
  { byName, channel }: Place,
  { id_product: product, id_product_attribute: variant }: CartLine,
): string => {
  const ids = { product: String(product), ...(variant > 0 && { variant: String(variant) }) };
  const sku = byName.get(nameOf(ids))?.sku;
  if (sku === undefined) throw new Error(`${channel} does not sell product ${product}`);
  return sku;
};

/** Requests that set quantities: another one, such as a cancellation, makes the shop move its rows itself. */
const quantityRequests = ({ server }: Place): ReadonlySet<number> =>
  new Set(
    server.requests
      .all()
      .filter(({ resource, method }) => resource === 'stock_availables' && method !== 'GET')
      .map(({ id }) => id),
  );

const standingOf = async ({ ledger }: Scene, sku: string): Promise<Standing> => {
  const [loaded] = await ledger.lanes.stock.load([stockStream(sku)]);
  const sums = { sellable: 0, committed: 0, reserved: 0, owed: 0 };
  for (const [location, { sellable, committed, reserved }] of loaded?.state.balances.entries() ?? []) {
    if (location.startsWith('unsourced:')) sums.owed += committed;
    else {
      sums.sellable += sellable;
      sums.committed += committed;
      sums.reserved += reserved;
    }
  }
  return sums;
};

const streetOf = (setting: Setting, told: Pick<Street, 'alerts' | 'attempts'>): Street => {
  const { scene } = setting;
  const { stage, ledger, side, company } = scene;
  const [shop] = company.places;
  if (shop === undefined) throw new Error('A street has a shop');
  const touchedAfter = (sku: string, millis: number): void =>
    stage.play('the end of a hold', async () => {
      await stage.rest(millis);
      side.touched(sku);
    });
  return {
    ...setting,
    ...{ shop, ...told },
    pass: (millis) => stage.passUntil(stage.millis() + millis),
    shows: (place, sku) => showsNow(place, listingIn(place, sku)),
    written: (place, sku) => {
      const { id_product, id_product_attribute } = listingIn(place, sku).sellable;
      return place.server.shop.writes
        .all()
        .filter(({ cause }) => cause.kind === 'request' && quantityRequests(place).has(cause.request))
        .filter(({ after }) => after.id_product === id_product && after.id_product_attribute === id_product_attribute)
        .map(({ after }) => after.quantity);
    },
    standing: (sku) => standingOf(scene, sku),
    order: ({ server, ...place }, sku, units, state) => {
      const line = { ...listingIn({ server, ...place }, sku).sellable, quantity: units };
      return server.shop.placeOrder({ lines: [line], state });
    },
    setState: async ({ server }, order, state) => {
      await server.shop.changeState({ order, state, changer: 'back_office' });
    },
    hold: async (place, cart, sku, units, ttlMillis) => {
      const asker = { ...operator, connection: place.connection };
      const lines = [{ sku, quantity: units, listing: nameOf(listingIn(place, sku).ids) }];
      const answer = await ledger.carts.set(asker, { channel: place.channel, cart, ttlMillis, lines });
      side.touched(sku);
      touchedAfter(sku, ttlMillis + 1);
      return answer;
    },
    adjust: async (sku, quantity, reason) => {
      const reporting = { sourceVersion: 1, occurredAt: instantOf(stage.millis()), location: warehouse.location };
      const by = { ...operator, connection: warehouse.connection };
      const fact = { kind: 'adjustment', bucket: 'sellable', connection: warehouse.connection } as const;
      const sourceKey = `adjustment-${sku}-${stage.millis()}`;
      const outcome = await ledger.report(
        by,
        sku,
        { ...fact, ...reporting, sourceKey, quantity, reason },
        { momentGiven: true },
      );
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
      side.touched(sku);
    },
  };
};

export type TownOptions = {
  readonly shop?: Version;
  readonly bol?: Version;
  readonly unpaidMillisMax?: number;
  readonly rung?: Rung;
};

export type MarketTownOptions = Pick<TownOptions, 'shop' | 'rung'> &
  Partial<Pick<MarketOptions, 'bufferUnits' | 'applyMillis'>>;

/** Time for the workers to read everything first. */
const beginningMillis = 30_000;

type Wishes = Pick<Opening, 'shops' | 'beside' | 'twiceShare'> & Pick<TownOptions, 'unpaidMillisMax' | 'rung'>;

/** What was opened for the tests of a file is closed after them. */
const useStreets = () => {
  const closes: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closes.splice(0).toReversed()) await close();
  });
  return async (
    units: Readonly<Record<string, number>>,
    { unpaidMillisMax, rung = 'live', ...wishes }: Wishes,
  ): Promise<Street> => {
    const { begin, close }: WorkerHouse = await openWorkers();
    closes.push(close);
    const [alerts, attempts]: [Alert[], SyncEntry[]] = [[], []];
    const setting = await openScene(
      { ...wishes, seed: 1, units: new Map(Object.entries(units)), sellsPairs: false },
      (parts) =>
        begin({
          ...{ ...parts, rung },
          syncLog: {
            write: (entries) => {
              attempts.push(...entries);
              return parts.syncLog.write(entries);
            },
          },
          ...(unpaidMillisMax !== undefined && { unpaidMillisMax }),
          alerts: {
            raise: (alert) => Promise.resolve(void alerts.push(alert)),
            settle: () => Promise.resolve(),
            subjects: () => Promise.resolve([]),
          },
        }),
      () => true,
    );
    closes.push(setting.stop);
    const street = streetOf(setting, { alerts, attempts });
    await street.pass(beginningMillis);
    for (const { server } of setting.scene.company.places) server.shop.writes.clear();
    return street;
  };
};

/** Opens a town for a test file: each town has workers and a database of its own. */
export const useTowns = () => {
  const open = useStreets();
  return async (
    units: Readonly<Record<string, number>>,
    { shop = '8.2', bol = '9.1', ...options }: TownOptions = {},
  ): Promise<Town> => {
    const shops: Shops = [
      ['shop', shop],
      ['bol', bol],
    ];
    const street = await open(units, { ...options, shops });
    const [, other] = street.scene.company.places;
    if (other === undefined) throw new Error('A town has two shops');
    return { ...street, bol: other };
  };
};

/** Opens a town with a marketplace. Every message to the ledger comes twice, in any order. */
export const useMarketTowns = () => {
  const open = useStreets();
  return async (
    units: Readonly<Record<string, number>>,
    { shop = '8.2', bufferUnits = 0, applyMillis = 500, ...wishes }: MarketTownOptions = {},
  ): Promise<MarketTown> => {
    const market: { bol?: Market } = {};
    const beside: Wishes['beside'] = async (stage, gauge) => {
      const options = { channel: 'bol', units: new Map(Object.entries(units)), bufferUnits, applyMillis };
      market.bol = await openMarket(stage, gauge, options);
      return [market.bol];
    };
    const street = await open(units, { ...wishes, shops: [['shop', shop]], beside, twiceShare: 1 });
    if (market.bol === undefined) throw new Error('The town has no marketplace');
    return { ...street, bol: market.bol };
  };
};
