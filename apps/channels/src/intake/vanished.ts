import type { Alert } from '../contracts/index.js';
import { countVanished } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import type { NotedOrder } from './note-order.js';

/** An order that the shop does not have any more: its number, or its key where the number is another order's now. */
export type Vanished = { readonly name: string; readonly isReplaced: boolean };

/** Somebody deletes an order; who deletes many has cleaned up, and a ticket for each says nothing more. */
export const vanishedEachMax = 10;
export const vanishedWithinMillis = 3_600_000;

const committed = 'What it holds stays committed until it is cancelled here.';

const ofOne = (channel: string, { name, isReplaced }: Vanished): Alert => ({
  ...{ channel, code: 'order_vanished', subject: name, level: 'ticket', verb: `channel report ${channel}` },
  detail: isReplaced
    ? `The shop has given the number of order ${name} to another one. ${committed}`
    : `The shop does not have order ${name} any more. ${committed}`,
});

/** The names stand last: where there are too many for a ticket, those are cut. */
const ofMany = (channel: string, orders: readonly Vanished[], count: number): Alert => ({
  ...{ channel, code: 'order_vanished', subject: '', level: 'ticket', verb: `channel report ${channel}` },
  detail:
    `The shop does not have ${count} orders any more that it had an hour ago. What they hold stays committed until they are cancelled here. ` +
    `All of them: GET /v1/channels/${channel}/connector/vanished-orders. The last ones: ${orders.map(({ name }) => name).join(', ')}.`,
});

/** @param count of all that have vanished within the hour, these among them */
export const vanishedAlerts = (channel: string, orders: readonly Vanished[], count: number): readonly Alert[] => {
  if (orders.length === 0) return [];
  return count > vanishedEachMax ? [ofMany(channel, orders, count)] : orders.map((order) => ofOne(channel, order));
};

/** What is told of orders that a reading did not find; those of the hour before count. */
export const alertsOfVanished = async (
  { pool, now, channel: { channel } }: ChannelWork,
  gone: readonly string[],
  noted: readonly NotedOrder[],
): Promise<readonly Alert[]> => {
  const replaced = noted.flatMap((one) => one.replaced?.orderKey ?? []);
  const orders = [
    ...gone.map((name) => ({ name, isReplaced: false })),
    ...replaced.map((name) => ({ name, isReplaced: true })),
  ];
  if (orders.length === 0) return [];
  const known = await countVanished(pool, channel, now() - vanishedWithinMillis);
  return vanishedAlerts(channel, orders, Math.max(known, orders.length));
};
