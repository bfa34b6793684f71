import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { startWooCommerce, type Order, type Pause, type WooCommerceServer } from '../../servers/woocommerce/index.js';
import type { BasketLine } from '../day/baskets.js';
import type { HeldLine } from './hold.js';
import { addUnits, takeWhatIsShown, type Seller, type Visit } from './seller.js';

/** What the plugin in the shop does at its checkouts: it holds a cart before its order is made, and tells of orders. */
export type WooCommercePlugin = {
  readonly hold: (reservation: string, lines: readonly HeldLine[]) => Promise<boolean>;
  readonly letGo: (reservation: string) => Promise<void>;
  readonly tell: (order: number) => void;
};

export type WooCommerceSeller = Seller & {
  readonly server: WooCommerceServer;
  /** What the messages of its plugin are signed with. */
  readonly messageSecret: string;
  readonly holdStockMinutes: number;
  readonly productOf: (sku: string) => number;
  readonly install: (plugin: WooCommercePlugin) => void;
};

export type WooCommerceSellerOptions = {
  readonly channel: string;
  readonly stock: ReadonlyMap<string, number>;
  readonly asksFirst: boolean;
};

const holdStockMinutes = 60;

/** As measured of a checkout: from its look at stock to its order, and from the end of the shop's own hold to the decrement. */
const checkoutMillis = 150;
const statusMillis = 10;

/** Acts take their time where another one can come between. */
const pauses: Pause = ({ at }) =>
  at === 'product' ? undefined : wait(at === 'checkout' ? checkoutMillis : statusMillis);

/** Where an order says which hold it is for. */
const reservationMeta = '_stockledger_reservation';

/** Every so many shoppers are sent to a page elsewhere, and have paid there after so long. */
const offsiteEvery = 3;
const offsiteMillis = 400;

/** Statuses of orders that something is to be delivered for. */
const owing: ReadonlySet<string> = new Set(['pending', 'on-hold', 'processing', 'completed']);

const shopIn = async (stock: ReadonlyMap<string, number>) => {
  const server = await startWooCommerce({ holdStockMinutes });
  const products = new Map(
    [...stock].map(([sku, units]) => [sku, server.shop.createProduct({ sku, stock: units }).id]),
  );
  server.shop.pauseWith(pauses);
  return { server, products, skus: new Map([...products].map(([sku, product]) => [product, sku])) };
};

/** A shop with both checkouts and a product for each SKU, which shows all that there is. */
export const startWooCommerceSeller = async (options: WooCommerceSellerOptions): Promise<WooCommerceSeller> => {
  const { channel, stock, asksFirst } = options;
  const { server, products, skus } = await shopIn(stock);
  const { shop } = server;
  const productOf = (sku: string): number => products.get(sku) ?? 0;
  const figureOf = (sku: string): number => shop.product(productOf(sku)).stock ?? 0;
  let plugin: WooCommercePlugin | undefined;
  let visits = 0;
  return {
    ...{ channel, canAsk: true, asksFirst, server, productOf, holdStockMinutes },
    messageSecret: randomBytes(32).toString('hex'),
    install: (installed) => void (plugin = installed),
    writes: () => shop.context.writes.filter(({ cause }) => cause === 'product').length,
    sells: (sku) => products.has(sku),
    visit: async (wanted) => {
      visits += 1;
      const { taken, missed } = takeWhatIsShown(wanted, figureOf);
      const lines = taken.map((line) => ({ ...line, product: productOf(line.sku) }));
      return { ...(await buy({ server, plugin, nth: visits, skus }, lines)), missed };
    },
    shown: () => new Map([...products.keys()].map((sku) => [sku, figureOf(sku)])),
    sold: () => soldIn(server, skus),
    orders: () => shop.context.orders.size,
  };
};

type CartLine = BasketLine & { readonly product: number };

type Visiting = {
  readonly server: WooCommerceServer;
  readonly plugin: WooCommercePlugin | undefined;
  readonly nth: number;
  readonly skus: ReadonlyMap<number, string>;
};

const turnedBack: Omit<Visit, 'missed'> = { bought: [], turnedBack: true };

/** To the checkout, where the plugin asks the ledger before the order is made; a cart of which none is made is given up. */
const buy = async (visiting: Visiting, lines: readonly CartLine[]): Promise<Omit<Visit, 'missed'>> => {
  if (lines.length === 0) return { bought: [], turnedBack: false };
  const { plugin, skus } = visiting;
  const reservation = randomUUID();
  const held = lines.map(({ sku, units, product }) => ({ sku, quantity: units, listing: String(product) }));
  if (plugin !== undefined && !(await plugin.hold(reservation, held))) return turnedBack;
  const order = await orderOf(visiting, lines, reservation);
  if (order !== undefined) return { bought: unitsIn(order, skus), turnedBack: false };
  await plugin?.letGo(reservation);
  return turnedBack;
};

/** Made and paid: at once, or on a page elsewhere. Undefined: the shop itself has refused it. */
const orderOf = async (
  { server: { shop }, plugin, nth }: Visiting,
  lines: readonly CartLine[],
  reservation: string,
): Promise<Order | undefined> => {
  const isOffsite = nth % offsiteEvery === 0;
  const made = await shop.buy({
    checkout: nth % 2 === 0 ? 'block' : 'classic',
    gateway: isOffsite ? 'offsite' : 'card',
    lines: lines.map(({ product, units }) => ({ product, quantity: units })),
    ...(plugin !== undefined && { meta: { [reservationMeta]: reservation } }),
  });
  if (made.kind === 'refused') return undefined;
  plugin?.tell(made.order.id);
  if (!isOffsite) return made.order;
  await wait(offsiteMillis);
  const paid = await shop.updateOrder(made.order.id, { setPaid: true });
  plugin?.tell(paid.id);
  return paid;
};

/** The block checkout makes a cart smaller without a word: what was bought stands in the order. */
const unitsIn = ({ lines }: Order, skus: ReadonlyMap<number, string>): readonly BasketLine[] =>
  lines.map(({ product, quantity }) => ({ sku: skus.get(product) ?? '', units: quantity }));

/** By the shop's own orders. */
const soldIn = ({ shop }: WooCommerceServer, skus: ReadonlyMap<number, string>): ReadonlyMap<string, number> => {
  const sold = new Map<string, number>();
  for (const order of shop.context.orders.values())
    if (owing.has(order.status)) for (const { sku, units } of unitsIn(order, skus)) addUnits(sold, sku, units);
  return sold;
};
