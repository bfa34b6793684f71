import { type ChangedOrder, type FeedSource, isUnsent, ordersSinceBy, sourceByTime } from '#channel-kit';
import { dateOf, mapped, momentOf, objectIn, readByTime, text, whole } from '#shop-http';
import { type Client, pageRowsMax, readRows } from '../rest/client.js';
import { answerOf, type Failure, troubledBy } from '../rest/failure.js';
import { type PortContext, type WooCommercePort } from './context.js';
import { meaningOf } from './description/describe.js';

type Change = ChangedOrder & { readonly status: string };

const changeIn = (json: unknown): Change => {
  const order = objectIn(json, 'an order');
  const changedAtSeconds = momentOf(dateOf(order, 'date_modified_gmt')) / 1_000;
  return { id: String(whole(order, 'id')), status: text(order, 'status'), changedAtSeconds };
};

const listed = (client: Client, query: Readonly<Record<string, string>>, signal: AbortSignal) => {
  const fields = { _fields: 'id,status,date_modified_gmt', orderby: 'modified' };
  return readRows(client, { resource: 'orders', query: { ...fields, ...query } }, changeIn, signal);
};

/** A cart that somebody is filling: the shop lists it among its orders. */
const isDraft = ({ status }: Change): boolean => status === 'checkout-draft' || status === 'auto-draft';

/**
 * Orders that changed later than that, in the order of their changes.
 *
 * @param status statuses, with commas between them; `any` leaves out what was thrown away
 * @param seconds since 1970
 */
const readChanges = async (client: Client, status: string, seconds: number, signal: AbortSignal) => {
  const found = await readByTime<Change, Failure>(seconds, pageRowsMax, (laterThan, page) => {
    const since = new Date(laterThan * 1_000).toISOString().slice(0, 19);
    const query = { status, order: 'asc', modified_after: since, dates_are_gmt: 'true', page: String(page) };
    return listed(client, query, signal);
  });
  return mapped(found, (changes) => changes.filter((change) => !isDraft(change)));
};

/** An order is written some time after the second that it bears. Dates are in UTC: no clock is set back by an hour. */
const overlapSeconds = 300;

const sourceOf = ({ client, now }: PortContext, name: string, status: string): FeedSource =>
  sourceByTime({
    name,
    now,
    overlapSeconds: () => Promise.resolve(overlapSeconds),
    changedAfter: async (seconds, signal) => answerOf(await readChanges(client, status, seconds, signal)),
    latest: async (signal) => {
      const last = await listed(client, { status, order: 'desc', per_page: '1' }, signal);
      return answerOf(mapped(last, ([order]) => order?.changedAtSeconds ?? 0));
    },
  });

/**
 * What changed since: every change of an order moves its date, also a refund's; what is thrown away leaves the list of all
 * orders and stands in one of its own. An order that is deleted for good leaves no trace: open orders are read again for that.
 */
export const ordersSinceOf = (context: PortContext): WooCommercePort['ordersSince'] =>
  ordersSinceBy([sourceOf(context, 'orders', 'any'), sourceOf(context, 'trash', 'trash')]);

const slugIn = (json: unknown): string => text(objectIn(json, 'a status'), 'slug');

/**
 * Orders in statuses that are pending or paid, and in which nothing has left; one that nobody has mapped is pending. The shop's own
 * statuses are asked for: a cart that somebody is filling has none of them.
 */
export const openOrdersOf =
  ({ client, states }: PortContext): WooCommercePort['openOrders'] =>
  async (signal) => {
    const statuses = await readRows(client, { resource: 'reports/orders/totals', query: {} }, slugIn, signal);
    if (statuses.kind === 'failed') return troubledBy(statuses.failure);
    const open = statuses.value.filter((status) => isUnsent(meaningOf({ status }, states)));
    const found = await readChanges(client, open.join(), 0, signal);
    return answerOf(mapped(found, (orders) => orders.map(({ id }) => id)));
  };
