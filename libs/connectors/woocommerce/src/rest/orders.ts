import { type ChangedOrder } from '#channel-kit';
import { dateOf, objectIn, text, whole } from '#shop-http';
import { type Client } from './client.js';
import { failed, malformed, ok, type Outcome } from './failure.js';
import { pageRowsMax, readAllRows, readRows } from './lists.js';

/** An order, and what belongs to it, as the shop shows them. */
export type RawOrder = { readonly order: unknown; readonly refunds: readonly unknown[] };

const hasRefunds = (order: unknown): boolean => {
  const refunds = typeof order === 'object' && order !== null && 'refunds' in order ? order.refunds : [];
  return Array.isArray(refunds) && refunds.length > 0;
};

/** The order itself names its refunds and not their lines. */
export const readOrder = async (client: Client, id: string, signal: AbortSignal): Promise<Outcome<RawOrder>> => {
  const resource = `orders/${id}`;
  const order = await client.send({ method: 'GET', resource }, signal);
  if (order.kind === 'failed') return order;
  if (!hasRefunds(order.value)) return ok({ order: order.value, refunds: [] });
  const asIs = (json: unknown): unknown => json;
  const refunds = await readAllRows(client, { resource: `${resource}/refunds`, query: {} }, asIs, signal);
  return refunds.kind === 'failed' ? refunds : ok({ order: order.value, refunds: refunds.value });
};

/** As it was before, without a mail or a payment: `cancelled` gives back what the order has taken. */
export const cancelOrder = (client: Client, id: string, signal: AbortSignal): Promise<Outcome<unknown>> =>
  client.send({ method: 'PUT', resource: `orders/${id}`, json: { status: 'cancelled' } }, signal);

/** Statuses, with commas between them; `any` leaves out what was thrown away. */
export type OrderList = string;

/** Statuses that an order of this shop may have, its own ones among them; a cart that somebody is filling has none of them. */
export const readStatuses = (client: Client, signal: AbortSignal): Promise<Outcome<readonly string[]>> =>
  readRows(
    client,
    { resource: 'reports/orders/totals', query: {} },
    (json) => text(objectIn(json, 'a status'), 'slug'),
    signal,
  );

type Change = ChangedOrder & { readonly status: string };

const changeIn = (json: unknown): Change => {
  const order = objectIn(json, 'an order');
  const changedAtSeconds = Date.parse(`${dateOf(order, 'date_modified_gmt')}Z`) / 1_000;
  return { id: String(whole(order, 'id')), status: text(order, 'status'), changedAtSeconds };
};

const listed = (client: Client, query: Readonly<Record<string, string>>, signal: AbortSignal) => {
  const fields = { _fields: 'id,status,date_modified_gmt', orderby: 'modified' };
  return readRows(client, { resource: 'orders', query: { ...fields, ...query } }, changeIn, signal);
};

/** A cart that somebody is filling: the shop lists it among its orders. */
const isDraft = ({ status }: Change): boolean => status === 'checkout-draft' || status === 'auto-draft';

/**
 * Orders that changed later than that, in the order of their changes. An order that changes meanwhile moves to the end and those
 * behind it move up: so the next page is found by the time of the last row, and by its number only within one second.
 *
 * @param seconds since 1970
 */
export const readChanges = async (
  client: Client,
  list: OrderList,
  seconds: number,
  signal: AbortSignal,
): Promise<Outcome<readonly ChangedOrder[]>> => {
  const changes = new Map<string, Change>();
  let after = seconds;
  for (let page = 1; ;) {
    const since = new Date(after * 1_000).toISOString().slice(0, 19);
    const query = { status: list, order: 'asc', modified_after: since, dates_are_gmt: 'true', page: String(page) };
    const found = await listed(client, query, signal);
    if (found.kind === 'failed') return found;
    if (page > 1 && found.value.length > 0 && found.value.every(({ id }) => changes.has(id)))
      return failed({ ...malformed(`page ${page} of orders repeats those before it`), applied: 'no' });
    for (const change of found.value) changes.set(change.id, change);
    const last = found.value.at(-1)?.changedAtSeconds ?? after;
    if (found.value.length < pageRowsMax) break;
    // Later than, by whole seconds: the last second is asked for once more.
    page = last - 1 > after ? 1 : page + 1;
    after = Math.max(after, last - 1);
  }
  return ok([...changes.values()].filter((change) => !isDraft(change)));
};

/** The latest change there is, in seconds since 1970; 0 where there is no order. */
export const readLatest = async (client: Client, list: OrderList, signal: AbortSignal): Promise<Outcome<number>> => {
  const found = await listed(client, { status: list, order: 'desc', per_page: '1' }, signal);
  return found.kind === 'failed' ? found : ok(found.value[0]?.changedAtSeconds ?? 0);
};
