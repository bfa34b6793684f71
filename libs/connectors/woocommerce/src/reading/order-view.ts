import { dateOf, flag, type Json, momentOf, objectIn, rowsIn, text, whole } from '#shop-http';
import {
  keyOf,
  type LineStock,
  type OrderLine,
  type OrderRefund,
  type OrderView,
  type RowKey,
} from '../effects/views.js';

/** What belongs to an order beside its own resource. */
export type Around = {
  /** `/orders/{id}/refunds`, all of them. */
  readonly refunds: unknown;
  /** Of a line: undefined for what the shop does not have any more. */
  readonly itemOf: (productId: number, variationId: number) => SoldItem | undefined;
  /** `woocommerce_hold_stock_minutes`; 0 or undefined: checkouts set nothing aside. */
  readonly holdStockMinutes: number | undefined;
};

/** A product or a variation, as far as it says where units stand. @throws FieldError */
export const soldItemIn = (json: unknown) => {
  const item = objectIn(json, 'a product');
  return {
    id: whole(item, 'id'),
    /** Of a variation its product; 0 for all others. */
    parentId: whole(item, 'parent_id'),
    managesStock: item['manage_stock'] === 'parent' ? ('parent' as const) : flag(item, 'manage_stock'),
    mayBeOwed: text(item, 'backorders') !== 'no',
  };
};

export type SoldItem = Readonly<ReturnType<typeof soldItemIn>>;

/** The row of an item that is counted by itself. */
export const rowKeyOf = ({ id, parentId }: Pick<SoldItem, 'id' | 'parentId'>): RowKey =>
  parentId === 0 ? keyOf(id, 0) : keyOf(parentId, id);

/** The figure that an item's units are counted in. */
export const stockOf = (item: SoldItem | undefined): LineStock => {
  if (item === undefined) return { none: 'gone' };
  const { parentId, managesStock, mayBeOwed } = item;
  if (managesStock === false) return { none: 'unmanaged' };
  return { row: managesStock === 'parent' ? keyOf(parentId, 0) : rowKeyOf(item), mayBeOwed };
};

/** The first of its name, which is the one that the shop goes by too. */
const metaIn = (line: Json, key: string): number | undefined => {
  const meta = rowsIn(line, 'meta_data').find((one) => one['key'] === key);
  return meta === undefined ? undefined : whole(meta, 'value');
};

/** As the shop's module writes it. What is no key of the ledger belongs to somebody else. */
const reservationKey = '_stockledger_reservation';
const fitReservation = /^[0-9a-f-]{36}$/u;

const reservationIn = (order: Json): string | undefined => {
  const value = rowsIn(order, 'meta_data').find(({ key }) => key === reservationKey)?.['value'];
  return typeof value === 'string' && fitReservation.test(value) ? value : undefined;
};

const lineIn = (line: Json, { itemOf }: Around): OrderLine => {
  const [productId, variationId] = [whole(line, 'product_id'), whole(line, 'variation_id')];
  const [reduced, restocked] = [metaIn(line, '_reduced_stock'), metaIn(line, '_restock_refunded_items')];
  return {
    ...{ id: whole(line, 'id'), productId, variationId, quantity: whole(line, 'quantity') },
    ...(reduced !== undefined && { reduced }),
    ...(restocked !== undefined && { restocked }),
    stock: stockOf(itemOf(productId, variationId)),
  };
};

/** A refund names the line in a meta, and has its units below nothing. */
const refundIn = (refund: Json): OrderRefund => ({
  id: whole(refund, 'id'),
  lines: rowsIn(refund, 'line_items').flatMap((line) => {
    const [lineId, quantity] = [metaIn(line, '_refunded_item_id'), -whole(line, 'quantity')];
    return lineId === undefined || quantity <= 0 ? [] : [{ lineId, quantity }];
  }),
});

const madeByCheckout: ReadonlySet<string> = new Set(['checkout', 'store-api']);
const minuteMillis = 60_000;

/** Only a checkout sets units aside, when it makes its order, until the order leaves `pending` or this long after it. */
const holdEndOf = (createdVia: string, createdAt: string, minutes: number): number | undefined =>
  madeByCheckout.has(createdVia) && minutes > 0 ? momentOf(createdAt) + minutes * minuteMillis : undefined;

/** One order whole, of what REST answered. @throws FieldError where it is no order as WooCommerce shows them */
export const orderViewOf = (json: unknown, around: Around): OrderView => {
  const order = objectIn(json, 'the order');
  const [createdVia, createdAt] = [text(order, 'created_via'), dateOf(order, 'date_created_gmt')];
  const holdEndsAtMillis = holdEndOf(createdVia, createdAt, around.holdStockMinutes ?? 0);
  const reservation = reservationIn(order);
  return {
    ...{ id: whole(order, 'id'), orderKey: text(order, 'order_key'), status: text(order, 'status'), createdVia },
    ...{ paymentMethod: text(order, 'payment_method'), needsPayment: flag(order, 'needs_payment') },
    ...{ createdAt, modifiedAt: dateOf(order, 'date_modified_gmt') },
    ...(order['date_paid_gmt'] !== null && { paidAt: dateOf(order, 'date_paid_gmt') }),
    ...(holdEndsAtMillis !== undefined && { holdEndsAtMillis }),
    ...(reservation !== undefined && { reservation }),
    lines: rowsIn(order, 'line_items').map((line) => lineIn(line, around)),
    refunds: rowsIn({ refunds: around.refunds }, 'refunds').map(refundIn),
  };
};
