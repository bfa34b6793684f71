import type { Answer, ChannelPort, Cursors, FeedReading } from '#channel-kit';
import { listOf, textOf } from '../client/fields.js';
import { answered, troubled, unintelligible } from '../client/trouble.js';
import type { PortContext } from './context.js';
import type { MarketplaceOrder } from './order.js';

export const source = 'orders';

const minuteMillis = 60_000;
/** Clocks differ, and a list may lag: so much is read again. */
const overlapMillis = 2 * minuteMillis;
const intervalMinutesMax = 60;
const pageSize = 50;
/** 50,000 orders: whoever was away for as long begins anew. */
const pagesMax = 1_000;
/** An order may change once more within the time in which it was read: it is told again after that. */
const againMillis = 1_000;

/** When an order changed last, by the marketplace's clock, and when that was read, by ours. */
type Known = readonly [changedAt: number, readAt: number];
type Cursor = { readonly at: number; readonly known: Readonly<Record<string, Known>> };
type Changed = { readonly id: string; readonly changedAt: number };

const readChanged = (value: unknown): Changed | undefined => {
  const id = textOf(value, 'orderId');
  const times = listOf(value, 'orderItems', (item) => textOf(item, 'latestChangedDateTime'));
  const changedAt = Math.max(...(times ?? []).map((time) => Date.parse(time)));
  return id === undefined || !Number.isFinite(changedAt) ? undefined : { id, changedAt };
};

/** The shortest question that brings what changed since a moment, with the overlap. */
const questionOf = (since: number, now: number): string => {
  const minutes = Math.max(1, Math.ceil((now - since + overlapMillis) / minuteMillis));
  return minutes <= intervalMinutesMax
    ? `change-interval-minute=${minutes}`
    : `latest-change-date=${new Date(since - overlapMillis).toISOString().slice(0, 10)}`;
};

/** All pages of a list of orders. */
const listedBy = async (
  { client }: PortContext,
  question: string,
  signal: AbortSignal,
): Promise<Answer<readonly Changed[]>> => {
  const found = new Map<string, Changed>();
  for (let page = 1; page <= pagesMax; page += 1) {
    const path = `/retailer/orders?fulfilment-method=ALL&${question}&page=${page}`;
    const answer = await client.send({ method: 'GET', path }, signal);
    if (answer.kind === 'trouble') return troubled(answer.trouble);
    const orders = answer.kind === 'ok' ? listOf(answer.value, 'orders', readChanged) : undefined;
    if (orders === undefined) return unintelligible('The list of orders');
    for (const order of orders) found.set(order.id, order);
    if (orders.length < pageSize) return answered([...found.values()]);
  }
  return unintelligible('A list of orders that does not end');
};

const changedSince = (context: PortContext, since: number, signal: AbortSignal) =>
  listedBy(context, `status=ALL&${questionOf(since, context.now())}`, signal);

export const openOrdersOf =
  (context: PortContext): ChannelPort<MarketplaceOrder>['openOrders'] =>
  async (signal) => {
    const open = await listedBy(context, 'status=OPEN', signal);
    return open.kind === 'trouble' ? open : answered(open.value.map(({ id }) => id));
  };

const isNews = ({ id, changedAt }: Changed, known: Cursor['known'], now: number): boolean => {
  const [knownAt, readAt = 0] = known[id] ?? [];
  return knownAt !== changedAt || (readAt - changedAt < againMillis && now - changedAt >= againMillis);
};

const told = (changed: readonly Changed[], { known }: Cursor, now: number): Omit<FeedReading, 'failed'> => {
  const orders = changed.filter((order) => isNews(order, known, now)).map(({ id }) => id);
  // What the next question cannot bring again need not be known.
  const kept = changed.filter(({ changedAt }) => changedAt >= now - 2 * overlapMillis);
  const next: Cursor = {
    at: now,
    known: Object.fromEntries(
      kept.map((order) => [order.id, isNews(order, known, now) ? [order.changedAt, now] : known[order.id]]),
    ) as Cursor['known'],
  };
  return { orders, cursors: { [source]: JSON.stringify(next) } };
};

const begin = async (context: PortContext, signal: AbortSignal): Promise<Answer<FeedReading>> => {
  const at = context.now();
  const changed = await changedSince(context, at, signal);
  if (changed.kind === 'trouble') return changed;
  const { cursors } = told(changed.value, { at, known: {} }, at);
  return answered({ orders: [], cursors, failed: [] });
};

const goOn = async (context: PortContext, cursors: Cursors, signal: AbortSignal): Promise<FeedReading> => {
  const cursor = JSON.parse(cursors[source] ?? '') as Cursor;
  const at = context.now();
  const changed = await changedSince(context, cursor.at, signal);
  return changed.kind === 'trouble'
    ? { orders: [], cursors, failed: [{ source, trouble: changed.trouble }] }
    : { ...told(changed.value, cursor, at), failed: [] };
};

/** Orders by the time of their last change. */
export const ordersSinceOf =
  (context: PortContext): ChannelPort<MarketplaceOrder>['ordersSince'] =>
  async (cursors, signal) =>
    cursors === undefined ? begin(context, signal) : answered(await goOn(context, cursors, signal));
