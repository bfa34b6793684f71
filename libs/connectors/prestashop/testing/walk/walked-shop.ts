import {
  startPrestashop,
  type PrestashopServer,
  type Shop,
  type Version,
} from '../../../../../test/servers/prestashop/index.js';
import {
  type Client,
  readOrder,
  readShop,
  type RowKey,
  type ShopView,
  webserviceClient,
  type WholeOrderView,
} from '../../src/index.js';
import { rawWebservice, type Raw, textIn } from '../world/raw.js';
import { type Act, type Choices } from './acts.js';

/** A shop in which acts are done, and what its webservice then shows. */
export type WalkedShop = {
  readonly choices: Choices;
  /** Does it, as far as the shop lets it. */
  readonly perform: (act: Act) => Promise<void>;
  /** Undefined: the shop has no such order. */
  readonly readOrder: (order: number) => Promise<WholeOrderView | undefined>;
  readonly readShop: () => Promise<ShopView>;
  /** What each row shows, but those that are the sum of combinations. */
  readonly rows: () => ReadonlyMap<RowKey, number>;
  /** Takes an order and all that belongs to it out of the database, so that this stays small. */
  readonly forget: (order: number) => void;
  readonly stop: () => Promise<void>;
};

type Walking = {
  readonly server: PrestashopServer;
  readonly shop: Shop;
  readonly raw: Raw;
  /** The shop's ids of the walk's orders. */
  readonly ids: Map<number, number>;
};

const element = (name: string, value: string | number): string => `<${name}>${value}</${name}>`;

const begunAt = Date.UTC(2026, 10, 20, 9);

/** Simple products, combinations, packs of every type, one within another's reach; three kinds of shops. */
const furnish = (shop: Shop): Choices => {
  const apart = shop.createShop({ name: 'apart', group: shop.createShopGroup({ name: 'apart', sharesStock: false }) });
  const group = shop.createShopGroup({ name: 'sharing', sharesStock: true });
  const sharing = ['east', 'west'].map((name) => shop.createShop({ name, group }));
  const shops = [1, apart];
  const mug = shop.createProduct({ reference: 'mug', quantity: 40, shops });
  const cup = shop.createProduct({ reference: 'cup', quantity: 40, shops });
  const sizes = ['s', 'm'].map((reference) => ({ reference, quantity: 40 }));
  const shirt = shop.createProduct({ reference: 'shirt', combinations: sizes, shops });
  const [small = 0, medium = 0] = shop.tables.combinations.all().map(({ id }) => id);
  const items = [
    { id_product: mug, quantity: 2 },
    { id_product: shirt, id_product_attribute: small, quantity: 1 },
  ];
  const packs = [0, 1, 2, 3].map((type) =>
    shop.createProduct({ reference: `pack_${type}`, quantity: 20, shops, pack: { type, items } }),
  );
  const states = [
    shop.createState({ name: 'sold', logable: 1, paid: 1 }),
    shop.createState({ name: 'asked', logable: 0 }),
  ];
  return {
    states: [...Array.from({ length: 13 }, (_, at) => at + 1), ...states],
    shops: [...shops, ...sharing],
    sold: [[mug, 0], [cup, 0], [shirt, small], [shirt, medium], ...packs.map((id) => [id, 0] as const)],
  };
};

/** A group that shares its stock has rows from the first quantity on that is written there. */
const stockUp = async (shop: Shop, { shops, sold }: Choices): Promise<void> => {
  for (const id_shop of shops.slice(2)) {
    for (const [id_product, id_product_attribute] of sold) {
      await shop.importStock([{ id_product, id_product_attribute, id_shop, quantity: 40 }]);
    }
  }
};

const copied = {
  id_address_delivery: 5,
  id_address_invoice: 5,
  id_currency: 1,
  id_lang: 1,
  id_customer: 2,
  id_carrier: 1,
};

const orderThroughWebservice = async (
  { shop, raw }: Walking,
  act: Extract<Act, { kind: 'order' }>,
): Promise<number> => {
  const cart = shop.createCart(act.lines, act.shop);
  const total = act.lines.reduce((sum, { quantity }) => sum + 10 * quantity, act.isPaidWrong ? 1 : 0).toFixed(6);
  const fields = [
    element('id_cart', cart),
    ...Object.entries(copied).map(([name, value]) => element(name, value)),
    ...Object.entries({ module: 'ps_wirepayment', payment: 'Bank wire', conversion_rate: '1.000000' }).map(
      ([name, value]) => element(name, value),
    ),
    ...['total_paid', 'total_paid_real', 'total_products', 'total_products_wt'].map((name) => element(name, total)),
  ];
  return Number(textIn(await raw('POST', 'orders', element('order', fields.join(''))), 'id'));
};

const place = async (walking: Walking, act: Extract<Act, { kind: 'order' }>): Promise<void> => {
  const { by, lines, state, shop } = act;
  const id =
    by === 'webservice'
      ? await orderThroughWebservice(walking, act)
      : (await walking.shop.placeOrder({ lines, state, shop, by })).id;
  walking.ids.set(act.order, id);
};

const enter = async ({ shop, raw }: Walking, act: Extract<Act, { kind: 'state' }>, id: number): Promise<void> => {
  const { state, by } = act;
  if (by === 'back_office' || by === 'back_office_page') {
    await shop.changeState({ order: id, state, changer: by });
  } else if (by === 'order_field' && shop.version !== '1.7.8') {
    await raw('PATCH', 'orders', element('order', element('id', id) + element('current_state', state)));
  } else {
    const row = element('id_order', id) + element('id_order_state', state);
    await raw('POST', 'order_histories', element('order_history', row));
  }
};

const refund = async ({ shop }: Walking, act: Extract<Act, { kind: 'refund' }>, detail: number): Promise<void> => {
  const { how, units, restock, voucherOnly } = act;
  if (how === 'standard') await shop.standardRefund({ detail, units });
  else if (how === 'partial') await shop.partialRefund({ detail, units, restock, voucherOnly });
  else await shop.returnProduct({ detail, units, restock, voucherOnly });
};

const slipFor = (order: number, detail: number, units: number): string => {
  const line = element('id_order_detail', detail) + element('product_quantity', units);
  const lines = element('order_slip_details', element('order_slip_detail', line));
  const sums = ['products_tax_excl', 'products_tax_incl', 'shipping_tax_excl', 'shipping_tax_incl'];
  const totals = sums.map((sum) => element(`total_${sum}`, '1.000000')).join('');
  const head = element('id_customer', 2) + element('id_order', order) + element('conversion_rate', '1.000000') + totals;
  return element('order_slip', head + element('associations', lines));
};

const onLine = async (walking: Walking, act: Extract<Act, { readonly line: number }>, id: number): Promise<void> => {
  const { shop, raw } = walking;
  const lines = shop.linesOf(id);
  const detail = lines[act.line % Math.max(1, lines.length)]?.id;
  if (detail === undefined) return;
  switch (act.kind) {
    case 'refund':
      return refund(walking, act, detail);
    case 'cancel_line':
      await shop.cancelProduct(detail, act.units);
      return;
    case 'edit_line':
      await shop.updateProduct(detail, act.units);
      return;
    case 'delete_line':
      await shop.deleteProduct(detail);
      return;
    case 'slip':
      await raw('POST', 'order_slip', slipFor(id, detail, act.units));
      return;
    case 'patch_line': {
      if (shop.version === '1.7.8') return;
      const line = element('id', detail) + element('product_quantity', act.units);
      await raw('PATCH', 'order_details', element('order_detail', line));
    }
  }
};

const onOrder = async (
  walking: Walking,
  act: Exclude<Act, { kind: 'order' | 'pack_type' | 'by_hand' }>,
): Promise<void> => {
  const { shop, ids } = walking;
  const id = ids.get(act.order);
  if (id === undefined || shop.tables.orders.get(id) === undefined) return;
  if (act.kind === 'state') return enter(walking, act, id);
  if (act.kind === 'vanish') return shop.tables.orders.remove(id);
  if (act.kind === 'add_line') await shop.addProduct(id, act.sold);
  else await onLine(walking, act, id);
};

const performIn =
  (walking: Walking): WalkedShop['perform'] =>
  async (act) => {
    const { shop } = walking;
    shop.clock.stopAt(new Date(shop.clock.now() + act.seconds * 1_000));
    if (act.kind === 'order') return place(walking, act);
    if (act.kind === 'pack_type') return shop.configure('PS_PACK_STOCK_TYPE', String(act.type));
    if (act.kind === 'by_hand') return shop.importStock([{ ...act.sold, id_shop: act.shop }]);
    return onOrder(walking, act);
  };

const rowsIn = ({ tables }: Shop): ReadonlyMap<RowKey, number> => {
  const divided = new Set(tables.combinations.all().map(({ id_product }) => id_product));
  return new Map(
    tables.stock
      .all()
      .filter((row) => row.id_product_attribute !== 0 || !divided.has(row.id_product))
      .map((row) => [
        `${row.id_product}-${row.id_product_attribute}@s${row.id_shop}g${row.id_shop_group}`,
        row.quantity,
      ]),
  );
};

const readingIn = async (client: Client, id: number | undefined): Promise<WholeOrderView | undefined> => {
  if (id === undefined) return undefined;
  const read = await readOrder(client, id);
  if (read.kind === 'ok') return read.value.view;
  if (read.failure.kind === 'not_found') return undefined;
  throw new Error(read.failure.sentence);
};

const forgetIn = ({ shop, ids }: Walking, order: number): void => {
  const id = ids.get(order) ?? 0;
  const { orders, details, histories, slips, movements } = shop.tables;
  orders.remove(id);
  for (const table of [details, histories, slips, movements]) for (const row of table.where(id)) table.remove(row.id);
};

export const startWalkedShop = async (version: Version): Promise<WalkedShop> => {
  const server = await startPrestashop({ version });
  const { shop } = server;
  shop.clock.stopAt(new Date(begunAt));
  const choices = furnish(shop);
  await stockUp(shop, choices);
  const base = `${server.url}/api/`;
  const client = webserviceClient({ base, key: server.key });
  const walking: Walking = { server, shop, raw: rawWebservice(base, server.key), ids: new Map() };
  return {
    choices,
    perform: performIn(walking),
    readOrder: (order) => readingIn(client, walking.ids.get(order)),
    readShop: async () => {
      const read = await readShop(client);
      if (read.kind === 'failed') throw new Error(read.failure.sentence);
      return read.value;
    },
    rows: () => rowsIn(shop),
    forget: (order) => forgetIn(walking, order),
    stop: async () => {
      await client.close();
      await server.stop();
    },
  };
};
