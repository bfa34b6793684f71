import type { KeptOrder } from '#apps/channels';
import type { ChannelPort } from '#channel-kit';
import { createWooCommercePort, restClient } from '#connectors/woocommerce';
import {
  startWooCommerce,
  type Line,
  type Order,
  type PausePoint,
  type WooCommerceServer,
} from '../../servers/woocommerce/index.js';
import type { Network } from '../network.js';
import type { Beside } from '../open-scene.js';
import type { Stage } from '../stage.js';
import type { Outlet, OutletWrite } from './outlet.js';
import { gatesOf, nameOf, type Held, type Listing } from './places.js';

/** A shop of WooCommerce, with what it owes counted by its own orders. */
export type WooPlace = Outlet &
  Beside & {
    readonly server: WooCommerceServer;
    /** By the id of what has the figure. */
    readonly byStock: ReadonlyMap<number, Listing>;
    /** How long a checkout keeps units for an order that is not paid. */
    readonly holdMillis: number;
    /** Holds the next acts of the shop that come to such a point. */
    readonly hold: (matches: (at: PausePoint) => boolean) => Held;
    /** An order was made, or its lines have changed: from now on it is counted. */
    readonly note: (order: Order) => void;
    /** Units of a line have left. */
    readonly send: (line: Line, units: number) => void;
    /** Units of a line that are owed and have not left. */
    readonly wanted: (order: Order, line: Line) => number;
    /** Units of a line were refunded and not put back into stock: they wait in quarantine. */
    readonly withhold: (line: Line, units: number) => void;
    /** The shop loses an order: what it held is owed until a person says that it is not. */
    readonly lose: (order: number) => void;
    readonly giveUp: (order: number) => void;
  };

export type WooPlaceOptions = {
  readonly channel: string;
  readonly skus: readonly string[];
  readonly units: (sku: string) => number;
  readonly holdStockMinutes: number;
};

/** Every so many SKUs are the variations of one product, each with stock of its own. */
const familyEvery = 5;

/** What people have ordered in one of these is delivered to them. */
const owing: ReadonlySet<string> = new Set(['pending', 'on-hold', 'processing', 'completed']);

/** The id of what has the figure: a variation has one of its own. */
export const stockIdOf = ({ sellable }: Pick<Listing, 'sellable'>): number =>
  sellable.id_product_attribute === 0 ? sellable.id_product : sellable.id_product_attribute;

const stockIdIn = ({ product, variation }: Line): number => (variation === 0 ? product : variation);

const listingOf = (channel: string, sku: string, product: number, variation: number): Listing => ({
  ...{ channel, sku, unitsPerSale: 1, row: `${product}-${variation}` },
  sellable: { id_product: product, id_product_attribute: variation },
  ids: { product: String(product), ...(variation > 0 && { variant: String(variation) }) },
});

const listingsIn = ({ shop }: WooCommerceServer, { channel, skus, units }: WooPlaceOptions): readonly Listing[] => {
  let family = 0;
  return skus.map((sku, nth) => {
    const stock = units(sku);
    if (nth % familyEvery > 1) return listingOf(channel, sku, shop.createProduct({ sku, stock }).id, 0);
    if (nth % familyEvery === 0) family = shop.createProduct({ type: 'variable', sku: `${sku}+` }).id;
    return listingOf(channel, sku, family, shop.createProduct({ type: 'variation', parent: family, sku, stock }).id);
  });
};

const refundedOf = ({ refunds }: Order, { id }: Line): number =>
  refunds
    .flatMap(({ lines }) => lines)
    .filter(({ line }) => line === id)
    .reduce((units, { quantity }) => units + quantity, 0);

/** Which orders want units of what, and what has left of them. It knows nothing of what the shop did to its figures. */
const createBook = ({ shop }: WooCommerceServer) => {
  const byStock = new Map<number, Set<number>>();
  const left = new Map<number, number>();
  const lost = new Map<number, Order>();
  const withheld = new Map<number, number>();
  const wanted = (order: Order, line: Line): number => {
    if (!owing.has(order.status)) return 0;
    return Math.max(0, line.quantity - refundedOf(order, line) - (left.get(line.id) ?? 0));
  };
  const owes = (stockId: number): number => {
    let sum = withheld.get(stockId) ?? 0;
    for (const id of byStock.get(stockId) ?? []) {
      const order = shop.order(id) ?? lost.get(id);
      for (const line of order?.lines ?? [])
        if (order !== undefined && stockIdIn(line) === stockId) sum += wanted(order, line);
    }
    return sum;
  };
  return {
    ...{ wanted, owes },
    note: (order: Order): void => {
      for (const line of order.lines) {
        const stockId = stockIdIn(line);
        byStock.set(stockId, (byStock.get(stockId) ?? new Set()).add(order.id));
      }
    },
    withhold: (line: Line, units: number): void => {
      withheld.set(stockIdIn(line), (withheld.get(stockIdIn(line)) ?? 0) + units);
    },
    send: ({ id }: Line, units: number): void => void left.set(id, (left.get(id) ?? 0) + units),
    lose: (id: number): void => {
      const order = shop.order(id);
      if (order !== undefined) lost.set(id, order);
      shop.deleteOrder(id);
    },
    giveUp: (id: number): void => void lost.delete(id),
  };
};

/** Units of a row that checkouts have set aside for orders that are not paid and may still be. */
const keptOf = ({ shop: { context } }: WooCommerceServer, stockId: number): number =>
  [...context.holds]
    .filter(({ product, endsAt }) => product === stockId && endsAt > context.now())
    .filter(({ order }) => context.orders.get(order)?.status === 'pending')
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** Not those that came of orders. */
const figuresSet = (
  { shop: { context } }: WooCommerceServer,
  byStock: ReadonlyMap<number, Listing>,
): readonly OutletWrite[] =>
  context.writes.splice(0).flatMap(({ product, to, at, cause }) => {
    const listing = byStock.get(product);
    return listing === undefined || to === null || cause !== 'product' ? [] : [{ listing, value: to, at }];
  });

/** A shop with its rows as the ledger would have them. */
export const openWooPlace = async (stage: Stage, network: Network, options: WooPlaceOptions): Promise<WooPlace> => {
  const { channel, holdStockMinutes } = options;
  const server = await startWooCommerce({ now: stage.millis, holdStockMinutes });
  const { shop, key, secret, url } = server;
  const listings = listingsIn(server, options);
  const { owes, ...book } = createBook(server);
  const client = restClient({ base: `${url}/wp-json/wc/v3/`, key, secret });
  // What the connector keeps of an order is plain JSON, and comes back to it as it was.
  const port = createWooCommercePort({
    client,
    holdStockMinutes,
    now: stage.millis,
  }) as unknown as ChannelPort<KeptOrder>;
  const seller = {
    ...{ channel, connection: `${channel}_shop` },
    bySku: new Map(listings.map((listing) => [listing.sku, listing])),
    byName: new Map(listings.map((listing) => [nameOf(listing.ids), listing])),
  };
  const byStock = new Map(listings.map((listing) => [stockIdOf(listing), listing]));
  const outlet: Outlet = {
    ...seller,
    shows: (listing) => shop.context.products.get(stockIdOf(listing))?.stock ?? 0,
    owes: (listing) => owes(stockIdOf(listing)),
    keeps: (listing) => keptOf(server, stockIdOf(listing)),
    writes: () => figuresSet(server, byStock),
  };
  return {
    ...{ ...outlet, ...book, outlet, server, byStock, holdMillis: holdStockMinutes * 60_000 },
    hold: gatesOf<PausePoint>(shop.pauseWith),
    port: network.over(channel, port, stage.clock),
    close: async () => {
      await client.close();
      await server.stop();
    },
  };
};
