import { expectedOf, movedBy, type Movement, type RowKey, type RowRecord } from '#channel-kit';
import { transaction, type Client } from '#postgres';
import { raiseUnmapped } from '../catalogue/unmapped.js';
import type { Alert, SyncEntry } from '../contracts/index.js';
import {
  addOutgoing,
  findOrders,
  findRows,
  moveRows,
  ordersOfCarts,
  saveOrders,
  vanishOrders,
  type FeedState,
  type ShopRow,
} from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import { noteOrder, takenBy, type NotedOrder } from './note-order.js';
import type { OrdersRead } from './read-orders.js';
import { alertsOfVanished } from './vanished.js';

/**
 * What the orders say, in one transaction: the orders themselves, what the shop did to its own rows, and what the ledger is to
 * be told. What people have to know follows it.
 */
export const takeIn = async (
  work: ChannelWork,
  orders: OrdersRead,
  feed: FeedState,
): Promise<readonly NotedOrder[]> => {
  const { channel } = work.channel;
  const reviewAfter = await work.reviews(channel);
  const { noted, movements, rows } = await transaction(work.pool, async (client) => {
    const known = await findOrders(client, channel, [...orders.read.map(({ id }) => id), ...orders.gone]);
    const all = orders.read.map((read) =>
      noteOrder(work.port, read, {
        ...{
          channel,
          connection: work.channel.connection,
          before: known.get(read.id),
          digest: work.digest,
          reviewAfter,
        },
        ...{ feedWholeAt: feed.wholeAt, feedBeganAt: feed.beganAt },
      }),
    );
    const gone = orders.gone.flatMap((id) => known.get(id)?.orderKey ?? []);
    const replaced = all.flatMap((one) => one.replaced?.orderKey ?? []);
    await vanishOrders(client, channel, [...gone, ...replaced], work.now());
    await saveOrders(
      client,
      channel,
      all.map(({ order }) => order),
      all.flatMap(({ claims }) => claims),
      work.now(),
    );
    await addOutgoing(
      client,
      channel,
      all.flatMap(({ message }) => message ?? []),
    );
    const moved = movementsByRow(all);
    return { noted: all, movements: moved, rows: await move(client, work, moved) };
  });
  await work.log.write(noted.map((one) => entryOf(work, one)));
  await raiseAll(work, [
    ...noted.flatMap((one) => noticesOf(channel, one)),
    ...(await alertsOfVanished(work, orders.gone, noted)),
    ...(await doubledCarts(work, noted)),
  ]);
  const kept = new Set(rows.map(({ row }) => row));
  const sold = new Set([...movements.keys(), ...noted.flatMap(({ soldByParts }) => soldByParts)]);
  await raiseUnmapped(
    work,
    [...sold].filter((row) => !kept.has(row)),
  );
  return noted;
};

const movementsByRow = (noted: readonly NotedOrder[]): ReadonlyMap<RowKey, readonly Movement[]> => {
  const byRow = new Map<RowKey, Movement[]>();
  for (const { movements } of noted)
    for (const [row, movement] of movements) byRow.set(row, [...(byRow.get(row) ?? []), movement]);
  return byRow;
};

/** What the row is believed to show: of several figures the lowest. */
export const believedOf = ({ history }: RowRecord): number => {
  if (history === undefined) return 0;
  const expected = expectedOf(history);
  return expected === 'unknown' ? history.base.value : Math.min(...expected);
};

const move = async (
  client: Client,
  { channel: { channel }, now }: ChannelWork,
  movements: ReadonlyMap<RowKey, readonly Movement[]>,
): Promise<readonly ShopRow[]> => {
  if (movements.size === 0) return [];
  const rows = await findRows(client, channel, [...movements.keys()]);
  const moved = rows.map(({ row, record }) => {
    const own = movements.get(row) ?? [];
    const after = own.reduce(movedBy, record);
    return {
      row,
      record: after,
      believed: believedOf(after),
      sold: own.reduce((sum, one) => sum + takenBy(one.moved), 0),
    };
  });
  await moveRows(client, channel, moved, now());
  return rows;
};

const entryOf = ({ channel: { channel } }: ChannelWork, { order, message }: NotedOrder): SyncEntry => ({
  ...{ channel, direction: 'in', operation: 'read_order', resource: 'order', externalId: order.id },
  ...{ sourceChange: String(message?.version ?? order.readAt), run: undefined },
  ...{ outcome: message ? 'done' : 'skipped', code: message ? 'told' : 'unchanged', millis: 0 },
  ...{ payload: message?.snapshot, at: order.readAt },
});

const raiseAll = async ({ alerts }: ChannelWork, all: readonly Alert[]): Promise<void> => {
  for (const alert of all) await alerts.raise(alert);
};

const noticesOf = (channel: string, { order, notices }: NotedOrder): readonly Alert[] =>
  notices.map(({ code, detail, level = 'ticket' as const }) => ({
    ...{ channel, code, detail, subject: order.id, level },
    verb: `channel report ${channel}`,
  }));

const doubledCarts = async (
  { pool, channel: { channel } }: ChannelWork,
  noted: readonly NotedOrder[],
): Promise<readonly Alert[]> => {
  const carts = noted.flatMap(({ order, message }) => (message && order.cart !== undefined ? [order.cart] : []));
  if (carts.length === 0) return [];
  return (await ordersOfCarts(pool, channel, carts)).map(({ cart, orderKeys }) => ({
    ...{ channel, code: 'cart_ordered_twice', subject: cart, level: 'ticket' as const },
    detail: `One cart became several orders: ${orderKeys.slice(0, 5).join(', ')}. Somebody may have paid twice.`,
    verb: `channel report ${channel}`,
  }));
};
