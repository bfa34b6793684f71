import { traitsOf, type Traits, type Version } from '../versions.js';
import { editStockByHand, type HandEdit } from './by-hand.js';
import { createClock, type ShopClock } from './clock.js';
import { configure } from './configuration.js';
import { actCause, type Context, type Pause, type StockWrite } from './context.js';
import { addProduct, cancelProduct, deleteProduct, updateProduct } from './edits.js';
import type { NewOrder } from './new-order.js';
import { createOrder } from './orders.js';
import type { ShopModule } from './module.js';
import { pauseAtRandom } from './pauses.js';
import { seededRandom } from './random.js';
import { partialRefund, returnProduct, standardRefund, type LineUnits, type Refund } from './refunds.js';
import type { ActResult } from './refusal.js';
import type { CartLine, DetailRow, OrderRow, StateRow, StockRow } from './rows.js';
import { addProductToCatalogue, type NewProduct } from './seed/catalogue.js';
import { seedDemo } from './seed/demo.js';
import { seedDemoOrders } from './seed/demo-orders.js';
import { seedNewShop } from './seed/new-shop.js';
import { addShop, addShopGroup, type NewShop } from './shops.js';
import { changeState, type StateChange } from './states.js';
import { findRow, type Sellable } from './stock.js';
import { backupOf, createTables, restoreTo, type Backup, type Tables } from './tables.js';
import { createWriteLog, type WriteLog } from './write-log.js';

export type ShopOptions = {
  readonly version: Version;
  /** IANA name of the zone that the shop's dates are in; UTC by default. */
  readonly zone?: string;
  /** `demo` has the products and orders of an installation, `products` no orders; `none`, the default, is empty. */
  readonly seed?: 'none' | 'products' | 'demo';
  /** Divides acts by chance, the same for the same number; without it they are whole until `pauseWith`. */
  readonly pauseSeed?: number;
  /** When the shop was installed: the date of the seeded rows. */
  readonly installedAt?: Date;
  /** Milliseconds since the epoch, by the clock of the machine that the shop runs on; this machine's by default. */
  readonly now?: () => number;
};

/** Who buys what at once: a cart and its order in one go, without the checkout. */
export type Sale = Omit<NewOrder, 'cart'> & { readonly lines: readonly CartLine[]; readonly shop?: number };

/** A shop and what people do in it. Acts are promises because they can be divided; see `pauseWith`. */
export type Shop = {
  readonly version: Version;
  readonly traits: Traits;
  readonly context: Context;
  readonly tables: Tables;
  readonly clock: ShopClock;
  readonly writes: WriteLog;
  /** Asked before each writing; undefined makes acts whole again. */
  readonly pauseWith: (pause: Pause | undefined) => void;
  /** A module in the shop, or none again. */
  readonly install: (module: ShopModule | undefined) => void;
  readonly createProduct: (product: NewProduct) => number;
  readonly createShopGroup: (group: { readonly name: string; readonly sharesStock: boolean }) => number;
  readonly createShop: (shop: NewShop) => number;
  readonly createState: (state: Partial<StateRow> & { readonly name: string }) => number;
  readonly configure: (name: string, value: string) => void;
  readonly createCart: (lines: readonly CartLine[], shop?: number) => number;
  readonly placeOrder: (sale: Sale) => Promise<OrderRow>;
  readonly createOrder: (order: NewOrder) => Promise<OrderRow>;
  readonly changeState: (change: StateChange) => Promise<ActResult>;
  readonly partialRefund: (refund: Refund) => Promise<ActResult>;
  readonly standardRefund: (refund: LineUnits) => Promise<ActResult>;
  readonly returnProduct: (refund: Refund) => Promise<ActResult>;
  readonly cancelProduct: (detail: number, units: number) => Promise<ActResult>;
  readonly addProduct: (order: number, line: CartLine) => Promise<ActResult>;
  readonly updateProduct: (detail: number, quantity: number) => Promise<ActResult>;
  readonly deleteProduct: (detail: number) => Promise<ActResult>;
  readonly editStockByHand: (edit: HandEdit) => Promise<void>;
  /** Absolute quantities from a file. */
  readonly importStock: (rows: readonly (Sellable & { readonly quantity: number })[]) => Promise<void>;
  readonly stockOf: (sellable: Omit<Sellable, 'id_shop'> & { readonly id_shop?: number }) => StockRow | undefined;
  readonly linesOf: (order: number) => readonly DetailRow[];
  readonly backup: () => Backup;
  /** The database as it was: what came since is gone, and its ids come again. */
  readonly restore: (backup: Backup) => void;
};

export const createPrestashop = (options: ShopOptions): Shop => {
  const { version, zone = 'UTC', seed = 'none', installedAt, pauseSeed, now = Date.now } = options;
  const tables = createTables();
  const clock = createClock(zone, now);
  const writes = createWriteLog(now);
  let pause: Pause | undefined = pauseSeed === undefined ? undefined : pauseAtRandom(seededRandom(pauseSeed));
  let module: ShopModule = {};
  const traits = traitsOf(version);
  const context: Context = {
    traits,
    tables,
    clock,
    pause: (at) => pause?.(at),
    recordWrite: writes.add,
    module: () => module,
  };
  clock.stopAt(installedAt);
  seedNewShop(context, version, zone);
  if (seed !== 'none') seedDemo(context);
  if (seed === 'demo') seedDemoOrders(context);
  clock.stopAt(undefined);
  return {
    version,
    traits,
    context,
    tables,
    clock,
    writes,
    pauseWith: (next) => void (pause = next),
    install: (next = {}) => void (module = next),
    ...backOfficeOf(context),
    ...sellingOf(context),
    stockOf: ({ id_shop = 1, ...product }) => findRow(context, { ...product, id_shop }),
    linesOf: (order) => tables.details.where(order),
    backup: () => backupOf(tables),
    restore: (backup) => restoreTo(tables, backup),
  };
};

const newState: Omit<StateRow, 'id' | 'name'> = {
  template: '',
  module_name: '',
  color: '#000000',
  logable: 0,
  shipped: 0,
  paid: 0,
  delivery: 0,
  invoice: 0,
  send_email: 0,
  pdf_invoice: 0,
};

const backOfficeOf = (context: Context) =>
  ({
    createProduct: (product: NewProduct) => addProductToCatalogue(context, product),
    createShopGroup: (group: { readonly name: string; readonly sharesStock: boolean }) => addShopGroup(context, group),
    createShop: (shop: NewShop) => addShop(context, shop),
    createState: (state: Partial<StateRow> & { readonly name: string }) =>
      context.tables.states.insert({ ...newState, ...state }).id,
    configure: (name: string, value: string) => configure(context, name, value),
    changeState: (change: StateChange) => changeState(context, change, actCause('state')),
    partialRefund: (refund: Refund) => partialRefund(context, refund),
    standardRefund: (refund: LineUnits) => standardRefund(context, refund),
    returnProduct: (refund: Refund) => returnProduct(context, refund),
    cancelProduct: (detail: number, units: number) => cancelProduct(context, detail, units),
    addProduct: (order: number, line: CartLine) => addProduct(context, order, line),
    updateProduct: (detail: number, quantity: number) => updateProduct(context, detail, quantity),
    deleteProduct: (detail: number) => deleteProduct(context, detail),
    editStockByHand: (edit: HandEdit) => editStockByHand(context, edit),
    importStock: async (rows: readonly (Sellable & { readonly quantity: number })[]) => {
      for (const row of rows) await editStockByHand(context, { ...row, page: 'import' });
    },
  }) satisfies Partial<Shop>;

const sellingOf = (context: Context) => {
  const createCart = (lines: readonly CartLine[], shop = 1): number => {
    const now = context.clock.local();
    const visitor = { id_customer: 2, id_address_delivery: 5 };
    return context.tables.carts.insert({ id_shop: shop, ...visitor, lines, date_add: now, date_upd: now }).id;
  };
  const create = (order: NewOrder) => createOrder(context, order, actCause('order'));
  return {
    createCart,
    createOrder: create,
    placeOrder: ({ lines, shop, ...order }: Sale) => create({ ...order, cart: createCart(lines, shop) }),
  } satisfies Partial<Shop>;
};

export type { StockWrite };
