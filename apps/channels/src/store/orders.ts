import { textArray, type Queryable } from '#postgres';
import type { KeptOrder, OrderMessage, OrderVersion, VanishedOrder } from '../contracts/index.js';
import { ask, present } from './ask.js';
import { sql } from './statements.js';

/** An order as it was read last, and what the ledger was told of it. Times in milliseconds since 1970. */
export type ShopOrder = {
  readonly orderKey: string;
  /** Of the shop. */
  readonly id: string;
  readonly cart: string | undefined;
  readonly reading: KeptOrder;
  /** When that reading began. */
  readonly readAt: number;
  readonly isOpen: boolean;
  /** Digest of the snapshot that the ledger was told last; undefined: it was told none. */
  readonly toldHash: string | undefined;
  /** Version of that snapshot. */
  readonly ticket: number | undefined;
  readonly toldAt: number | undefined;
  /** The ledger's figures have it. */
  readonly isIncluded: boolean;
  /** The shop is still making it: it is read again then. */
  readonly againAt: number | undefined;
  readonly makingSince: number | undefined;
  /** It is unpaid: the shop is asked to cancel it then. */
  readonly reviewAt: number | undefined;
  /** The shop was asked to, which is done once. */
  readonly cancelAskedAt: number | undefined;
};

/** What an order has of a row that the row's figures do not show. Units of the listing. */
export type Claim = {
  readonly row: string;
  readonly orderKey: string;
  /** Units that the shop will take, and has not for certain. */
  readonly pending: number;
  /** Sold in the shop, and not in the ledger's figures yet. */
  readonly unconfirmed: number;
  /** The shop is still making the order: nobody knows what it has taken. */
  readonly risesWait: boolean;
};

type OrderRow = {
  readonly order_key: string;
  readonly id: string;
  readonly cart: string | null;
  readonly reading: KeptOrder;
  readonly read_at: number;
  readonly is_open: boolean;
  readonly told_hash: string | null;
  readonly ticket: number | null;
  readonly told_at: number | null;
  readonly is_included: boolean;
  readonly again_at: number | null;
  readonly making_since: number | null;
  readonly review_at: number | null;
  readonly cancel_asked_at: number | null;
};

const orderOf = (row: OrderRow): ShopOrder => ({
  ...{ orderKey: row.order_key, id: row.id, cart: present(row.cart), reading: row.reading, readAt: row.read_at },
  ...{ isOpen: row.is_open, toldHash: present(row.told_hash), ticket: present(row.ticket) },
  ...{ toldAt: present(row.told_at), isIncluded: row.is_included },
  ...{ againAt: present(row.again_at), makingSince: present(row.making_since) },
  ...{ reviewAt: present(row.review_at), cancelAskedAt: present(row.cancel_asked_at) },
});

const rowOf = (order: ShopOrder) => ({
  ...{ order_key: order.orderKey, id: order.id, cart: order.cart, reading: order.reading, read_at: order.readAt },
  ...{ is_open: order.isOpen, told_hash: order.toldHash, ticket: order.ticket, told_at: order.toldAt },
  ...{ is_included: order.isIncluded, again_at: order.againAt, making_since: order.makingSince },
  ...{ review_at: order.reviewAt, cancel_asked_at: order.cancelAskedAt },
});

/** Growing numbers: whoever draws later gets a higher one. */
export const drawTickets = async (on: Queryable, count: number): Promise<readonly number[]> =>
  (await ask<{ ticket: number }>(on, sql['draw-tickets'], [count])).map(({ ticket }) => ticket);

/** By the shop's ids. */
export const findOrders = async (
  on: Queryable,
  channel: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShopOrder>> => {
  const rows = await ask<OrderRow>(on, sql['find-orders'], [channel, textArray(ids)]);
  return new Map(rows.map((row) => [row.id, orderOf(row)]));
};

/**
 * Each with its claims of now. A reading that began earlier than the one kept changes nothing. @param now rows of which units
 * were pending before are looked at then
 */
export const saveOrders = async (
  on: Queryable,
  channel: string,
  orders: readonly ShopOrder[],
  claims: readonly Claim[],
  now: number,
): Promise<void> => {
  if (orders.length === 0) return;
  const keys = textArray(orders.map(({ orderKey }) => orderKey));
  await ask(on, sql['save-orders'], [channel, JSON.stringify(orders.map(rowOf))]);
  await ask(on, sql['reset-claims'], [channel, keys, now]);
  const rows = claims.map(({ orderKey, risesWait, ...claim }) => ({
    ...claim,
    order_key: orderKey,
    rises_wait: risesWait,
  }));
  if (rows.length > 0) await ask(on, sql['save-claims'], [channel, JSON.stringify(rows)]);
  await ask(on, sql['drop-claims'], [channel, keys]);
};

/** The shop does not have them any more; the ledger keeps what it knows of them. */
export const vanishOrders = async (
  on: Queryable,
  channel: string,
  orderKeys: readonly string[],
  at: number,
): Promise<void> => {
  if (orderKeys.length > 0) await ask(on, sql['vanish-orders'], [channel, textArray(orderKeys), at]);
};

/** Orders that the shop is still making, by the moment that they are to be read again. */
export const ordersAgain = async (on: Queryable, channel: string, now: number, limit: number) =>
  (await ask<{ id: string }>(on, sql['list-orders-again'], [channel, now, limit])).map(({ id }) => id);

/** Unpaid orders whose time has come, and that the shop was not asked to cancel. */
export const unpaidOrders = async (on: Queryable, channel: string, now: number, limit: number) =>
  (await ask<{ id: string }>(on, sql['list-orders-unpaid'], [channel, now, limit])).map(({ id }) => id);

/** The shop was asked to cancel it. @param againAt it is read again then */
export const noteCancelAsked = async (
  on: Queryable,
  channel: string,
  orderKey: string,
  at: number,
  againAt: number,
): Promise<void> => {
  await ask(on, sql['note-cancel-asked'], [channel, orderKey, at, againAt]);
};

/** When the next of them is to be read again; undefined: none is. */
export const nextOrderAgain = async (on: Queryable, channel: string): Promise<number | undefined> => {
  const [row] = await ask<{ at: number | null }>(on, sql['next-order-again'], [channel]);
  return row?.at ?? undefined;
};

/** Open orders that were not read since, the oldest reading first. */
export const openOrders = async (on: Queryable, channel: string, readBefore: number, limit: number) =>
  (await ask<{ id: string }>(on, sql['list-orders-open'], [channel, readBefore, limit])).map(({ id }) => id);

/** A page of the ids that the shop had when they were read last. */
export const knownOrders = async (on: Queryable, channel: string, after: string, limit: number) =>
  (await ask<{ id: string }>(on, sql['list-known-orders'], [channel, after, limit])).map(({ id }) => id);

/** A page of those that were read since, or are open. */
export const ordersSince = async (on: Queryable, channel: string, since: number, after: string, limit: number) =>
  (await ask<{ id: string }>(on, sql['list-orders-since'], [channel, since, after, limit])).map(({ id }) => id);

/** An order that the ledger was told of, and that its figures do not have as far as we know. */
export type UntoldOrder = OrderVersion & { readonly toldAt: number };

/** More than these are not asked for at a time: the oldest first. */
const untoldMax = 500;

export const untoldOrders = async (on: Queryable, channel: string): Promise<readonly UntoldOrder[]> => {
  const rows = await ask<{ order_key: string; ticket: number; told_at: number }>(on, sql['list-orders-untold'], [
    ...[channel, untoldMax],
  ]);
  return rows.map(({ order_key: orderKey, ticket: version, told_at: toldAt }) => ({
    channel,
    orderKey,
    version,
    toldAt,
  }));
};

/** The ledger's figures have them: what was taken off their rows is not any more. */
export const includeOrders = async (
  on: Queryable,
  channel: string,
  orders: readonly OrderVersion[],
  now: number,
): Promise<void> => {
  const rows = orders.map(({ orderKey, version }) => ({ order_key: orderKey, version }));
  if (rows.length > 0) await ask(on, sql['include-orders'], [channel, JSON.stringify(rows), now]);
};

/** Carts of which there are several orders. */
export const ordersOfCarts = async (on: Queryable, channel: string, carts: readonly string[]) => {
  const rows = await ask<{ cart: string; order_keys: readonly string[] }>(on, sql['list-cart-orders'], [
    channel,
    textArray(carts),
  ]);
  return rows.map(({ cart, order_keys: orderKeys }) => ({ cart, orderKeys }));
};

/** How many orders the shop has had and does not have any more, that were missed since then. */
export const countVanished = async (on: Queryable, channel: string, since: number): Promise<number> => {
  const [row] = await ask<{ orders: number }>(on, sql['count-vanished'], [channel, since]);
  return row?.orders ?? 0;
};

/** A page of orders that the shop does not have any more, in the order of their keys. */
export const vanishedOrders = async (
  on: Queryable,
  channel: string,
  after: string,
  limit: number,
): Promise<readonly VanishedOrder[]> => {
  type Row = { readonly order_key: string; readonly id: string; readonly vanished_at: number };
  const rows = await ask<Row>(on, sql['list-vanished'], [channel, after, limit]);
  return rows.map(({ order_key: orderKey, id, vanished_at: vanishedAt }) => ({ orderKey, id, vanishedAt }));
};

/** Messages that are to be sent, the oldest first. */
export const addOutgoing = async (on: Queryable, channel: string, messages: readonly OrderMessage[]): Promise<void> => {
  const rows = messages.map((message) => ({ ticket: message.version, message }));
  if (rows.length > 0) await ask(on, sql['add-outgoing'], [channel, JSON.stringify(rows)]);
};

export const listOutgoing = async (on: Queryable, channel: string, limit: number): Promise<readonly OrderMessage[]> =>
  (await ask<{ message: OrderMessage }>(on, sql['list-outgoing'], [channel, limit])).map(({ message }) => message);

export const dropOutgoing = async (on: Queryable, tickets: readonly number[]): Promise<void> => {
  await ask(on, sql['drop-outgoing'], [`{${tickets.join(',')}}`]);
};
