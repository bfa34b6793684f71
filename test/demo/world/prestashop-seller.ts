import { randomBytes } from 'node:crypto';
import {
  createShopper,
  startPrestashop,
  type PrestashopServer,
  type Shopper,
  type Version,
} from '../../servers/prestashop/index.js';
import type { BasketLine } from '../day/baskets.js';
import { addUnits, takeWhatIsShown, type Seller, type Visit } from './seller.js';

export type PrestashopSeller = Seller & {
  readonly server: PrestashopServer;
  /** What the messages of its module are signed with. */
  readonly messageSecret: string;
  readonly productOf: (sku: string) => number;
  readonly skuOf: (product: number) => string;
};

export type PrestashopSellerOptions = {
  readonly channel: string;
  readonly version: Version;
  readonly stock: ReadonlyMap<string, number>;
  readonly asksFirst: boolean;
};

const paid = 2;
const cancelled = 6;

/** A shop with a product for each SKU, which shows all that there is. */
export const startPrestashopSeller = async (options: PrestashopSellerOptions): Promise<PrestashopSeller> => {
  const { channel, version, stock, asksFirst } = options;
  const server = await startPrestashop({ version, costs: 'measured' });
  const { shop } = server;
  const products = new Map(
    [...stock].map(([sku, quantity]) => [sku, shop.createProduct({ reference: sku, quantity })]),
  );
  const skus = new Map([...products].map(([sku, product]) => [product, sku]));
  const productOf = (sku: string): number => products.get(sku) ?? 0;
  const skuOf = (product: number): string => skus.get(product) ?? '';
  const figureOf = (sku: string): number =>
    shop.stockOf({ id_product: productOf(sku), id_product_attribute: 0 })?.quantity ?? 0;
  const shopper = createShopper({ context: shop.context });
  return {
    ...{ channel, asksFirst, server, productOf, skuOf, messageSecret: randomBytes(32).toString('hex') },
    writes: () => shop.writes.all().filter(({ cause }) => cause.kind === 'request').length,
    sells: (sku) => products.has(sku),
    visit: async (wanted) => {
      const { taken, missed } = takeWhatIsShown(wanted, figureOf);
      return { ...(await buy(shopper, taken, productOf)), missed };
    },
    shown: () => new Map([...products.keys()].map((sku) => [sku, figureOf(sku)])),
    sold: () => soldIn(server, skuOf),
    orders: () => shop.tables.orders.all().length,
  };
};

/** Into a cart, to the payment step, and paid: as the theme leads a shopper. */
const buy = async (
  shopper: Shopper,
  lines: readonly BasketLine[],
  productOf: (sku: string) => number,
): Promise<Omit<Visit, 'missed'>> => {
  let cart: number | undefined;
  for (const { sku, units } of lines)
    cart = shopper.addToCart({ id_product: productOf(sku), id_product_attribute: 0, quantity: units }, cart).cart;
  if (cart === undefined) return { bought: [], turnedBack: false };
  const step = await shopper.checkoutStep(cart, 'payment');
  const page = step.kind === 'shown' ? await shopper.pay({ cart, state: paid }) : step;
  return page.kind === 'confirmation' ? { bought: lines, turnedBack: false } : { bought: [], turnedBack: true };
};

/** By the shop's own orders. */
const soldIn = ({ shop }: PrestashopServer, skuOf: (product: number) => string): ReadonlyMap<string, number> => {
  const sold = new Map<string, number>();
  for (const { id, current_state: state } of shop.tables.orders.all())
    if (state !== cancelled)
      for (const line of shop.linesOf(id)) addUnits(sold, skuOf(line.product_id), line.product_quantity);
  return sold;
};
