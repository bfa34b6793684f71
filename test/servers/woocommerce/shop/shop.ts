import { buy, cancelUnpaid, type Bought, type Purchase } from './checkout.js';
import { productOf, type Context, type Pause, type Settings } from './context.js';
import { addItemByHand, editLines, type LineEdit } from './edits.js';
import {
  createOrder,
  deleteOrder,
  saveForm,
  trashOrder,
  untrashOrder,
  updateOrder,
  type NewOrder,
  type OrderEdit,
} from './orders.js';
import { deleteRefund, refund, type RefundAsked } from './refunds.js';
import type { Order, Product, Refund, Webhook } from './rows.js';
import { save, statusOf, writeStock } from './stock.js';
import { addWebhook, disableWebhook } from './webhooks.js';

export type NewProduct = Partial<Omit<Product, 'createdAt' | 'modifiedAt' | 'stockStatus' | 'slug'>>;

export type ShopOptions = Partial<Settings> & {
  /** Milliseconds since the epoch; the machine's by default. */
  readonly now?: () => number;
  /** The first id that is given out. */
  readonly firstId?: number;
};

export type Shop = {
  readonly context: Context;
  readonly createProduct: (product: NewProduct) => Product;
  readonly product: (id: number) => Product;
  readonly deleteProduct: (id: number) => void;
  readonly order: (id: number) => Order | undefined;
  readonly createOrder: (order: NewOrder) => Promise<Order>;
  readonly updateOrder: (id: number, edit: OrderEdit) => Promise<Order>;
  readonly refund: (id: number, asked: RefundAsked) => Promise<Refund>;
  readonly deleteRefund: (order: number, refund: number) => boolean;
  readonly trashOrder: (id: number) => void;
  readonly untrashOrder: (id: number) => void;
  readonly deleteOrder: (id: number) => void;
  readonly buy: (purchase: Purchase) => Promise<Bought>;
  readonly cancelUnpaid: () => Promise<void>;
  /** The back office: an item is added, lines are saved, the whole form is saved. */
  readonly addItem: (order: number, line: LineEdit) => void;
  readonly saveItems: (order: number, lines: readonly LineEdit[]) => void;
  readonly saveForm: (order: number) => void;
  /** As code of the shop does it: with the dates and statuses that follow. */
  readonly setStock: (product: number, stock: number | null) => void;
  /** As SQL does it: no date moves. */
  readonly writeBehind: (product: number, stock: number) => void;
  /** Makes one for a topic. */
  readonly addWebhook: (topic: string, deliveryUrl: string) => Webhook;
  /** As the shop does after some deliveries in a row that failed. */
  readonly disableWebhook: (id: number) => void;
  readonly configure: (settings: Partial<Settings>) => void;
  /** Divides acts from now on; undefined makes each one piece again. */
  readonly pauseWith: (pause: Pause | undefined) => void;
};

const settingsAtFirst: Settings = {
  ...{ holdStockMinutes: 60, managesStock: true, countsParts: false, zoneMinutes: 0 },
  ...{ isActive: true, hasPlugin: false },
};

/** A shop without a server: its tables, and what people do in it. */
export const createWooCommerce = (options: ShopOptions = {}): Shop => {
  const state: { settings: Settings; pause: Pause | undefined } = {
    settings: { ...settingsAtFirst, ...options },
    pause: undefined,
  };
  const context = contextOf(options, state);
  return {
    context,
    createProduct: (product) => createProduct(context, product),
    product: (id) => productOf(context, id),
    deleteProduct: (id) => void context.products.delete(id),
    order: (id) => context.orders.get(id),
    createOrder: (order) => createOrder(context, order),
    updateOrder: (id, edit) => updateOrder(context, id, edit),
    refund: (id, asked) => refund(context, id, asked),
    deleteRefund: (order, one) => deleteRefund(context, order, one),
    trashOrder: (id) => trashOrder(context, id),
    untrashOrder: (id) => untrashOrder(context, id),
    deleteOrder: (id) => deleteOrder(context, id),
    buy: (purchase) => buy(context, purchase),
    cancelUnpaid: () => cancelUnpaid(context),
    addItem: (order, line) => addItemByHand(context, order, line),
    saveItems: (order, lines) => editLines(context, order, lines),
    saveForm: (order) => saveForm(context, order),
    setStock: (id, stock) => writeStock(context, productOf(context, id), stock, 'product'),
    writeBehind: (id, stock) => writeBehind(context, id, stock),
    addWebhook: (topic, deliveryUrl) => addWebhook(context, topic, deliveryUrl),
    disableWebhook: (id) => disableWebhook(context, id),
    configure: (settings) => void (state.settings = { ...state.settings, ...settings }),
    pauseWith: (pause) => void (state.pause = pause),
  };
};

const contextOf = (
  { now = Date.now, firstId = 12 }: ShopOptions,
  state: { readonly settings: Settings; readonly pause: Pause | undefined },
): Context => {
  let [id, lineId] = [firstId, 1];
  return {
    ...{ products: new Map(), orders: new Map(), holds: new Set(), webhooks: new Map(), writes: [], now },
    get settings() {
      return state.settings;
    },
    nextId: () => id++,
    nextLineId: () => lineId++,
    pause: (point) => state.pause?.(point),
  };
};

const createProduct = (context: Context, asked: NewProduct): Product => {
  const now = context.now();
  const id = asked.id ?? context.nextId();
  const stock = asked.stock ?? null;
  const backorders = asked.backorders ?? 'no';
  const manageStock = asked.manageStock ?? stock !== null;
  const product: Product = {
    ...{ id, type: 'simple', parent: 0, status: 'publish', name: `P${id}`, sku: `P${id}`, price: 10, totalSales: 0 },
    ...{ createdAt: now, modifiedAt: now },
    ...asked,
    slug: (asked.name ?? `P${id}`).toLowerCase(),
    ...{ manageStock, stock, backorders, stockStatus: manageStock ? statusOf({ stock, backorders }) : 'instock' },
  };
  save(context, product);
  return productOf(context, id);
};

const writeBehind = (context: Context, id: number, stock: number): void => {
  const product = productOf(context, id);
  context.writes.push({ product: id, from: product.stock, to: stock, at: context.now(), cause: 'behind' });
  context.products.set(id, { ...product, stock });
};
