import { orderOf, type Context } from './context.js';
import type { LineEdit } from './edits.js';
import { heldByOthers, holdFor } from './holds.js';
import { draftOrder } from './orders.js';
import type { Order, OrderStatus } from './rows.js';
import { managedRow } from './stock.js';
import { enterStatus } from './transitions.js';

/** Ways to pay: by bank or cheque, on delivery, at once, on a page elsewhere that nobody has come back from, refused. */
export type Gateway = 'bacs' | 'cheque' | 'cod' | 'card' | 'offsite' | 'decline';

export type Purchase = {
  readonly checkout: 'classic' | 'block';
  readonly gateway: Gateway;
  readonly lines: readonly LineEdit[];
  /** What plugins note with the order when it is made. */
  readonly meta?: Readonly<Record<string, string>>;
};

/** Refused before an order is made, as the shopper reads it. */
export type Bought =
  { readonly kind: 'ordered'; readonly order: Order } | { readonly kind: 'refused'; readonly code: string };

const after: Readonly<Record<Gateway, OrderStatus>> = {
  bacs: 'on-hold',
  cheque: 'on-hold',
  cod: 'processing',
  card: 'processing',
  offsite: 'pending',
  decline: 'failed',
};

/** A checkout looks at stock once; when its order leaves `pending`, the hold ends before stock falls. */
export const buy = async (context: Context, { checkout, gateway, lines, meta = {} }: Purchase): Promise<Bought> => {
  const wanted = checkout === 'block' ? lines.flatMap((line) => cut(context, line)) : lines;
  const lacking = wanted.some((line) => freeFor(context, line) < (line.quantity ?? 1));
  if (lacking || wanted.length === 0) return { kind: 'refused', code: refusalOf(checkout, wanted.length === 0) };
  const held = context.pause({ at: 'checkout' });
  if (held !== undefined) await held;
  const createdVia = checkout === 'block' ? 'store-api' : 'checkout';
  const order = draftOrder(context, { lines: wanted, createdVia, paymentMethod: gateway, meta });
  holdFor(context, order);
  if (after[gateway] !== 'pending') await enterStatus(context, order.id, after[gateway]);
  return { kind: 'ordered', order: orderOf(context, order.id) };
};

const refusalOf = (checkout: Purchase['checkout'], isGone: boolean): string => {
  if (checkout === 'classic') return 'Not enough units are available in stock to fulfil this order.';
  return isGone ? 'woocommerce_rest_product_out_of_stock' : 'woocommerce_product_not_enough_stock';
};

/** Units that may be bought: everything where nothing is managed or units may be owed. */
const freeFor = (context: Context, { product, variation = 0 }: LineEdit): number => {
  const row = managedRow(context, variation === 0 ? (product ?? 0) : variation);
  if (row?.backorders !== 'no') return Number.POSITIVE_INFINITY;
  return (row.stock ?? 0) - heldByOthers(context, row.id);
};

/** The block checkout makes a cart smaller without a word. */
const cut = (context: Context, line: LineEdit): readonly LineEdit[] => {
  const quantity = Math.min(line.quantity ?? 1, freeFor(context, line));
  return quantity > 0 ? [{ ...line, quantity }] : [];
};

/** What the shop does each so many minutes: it cancels what the classic checkout left unpaid for too long, and nothing else. */
export const cancelUnpaid = async (context: Context): Promise<void> => {
  const minutes = context.settings.holdStockMinutes ?? 0;
  if (minutes === 0) return;
  const since = context.now() - minutes * 60_000;
  const due = [...context.orders.values()].filter(
    ({ status, createdVia, modifiedAt }) => status === 'pending' && createdVia === 'checkout' && modifiedAt < since,
  );
  for (const { id } of due) await enterStatus(context, id, 'cancelled');
};
