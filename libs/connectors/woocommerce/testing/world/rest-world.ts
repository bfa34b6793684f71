import { setTimeout as wait } from 'node:timers/promises';
import { type RowKey, type RowReading } from '#channel-kit';
import { type ChannelWorld } from '#testing';
import { type Client, createWooCommercePort, restClient, type WooCommerceOrder } from '../../src/index.js';
import { patience, surveyAsked, valueOf } from '../asking.js';
import { type Access, rawRest } from './raw.js';
import { cancelThrough, orderThrough } from './sales.js';

/** Sources of the feed, and by which list of orders each is known. */
const lists: Readonly<Record<string, string>> = { orders: 'any', trash: 'trash' };

/** A client from which one source can be taken away; nothing is sent to the shop for it then. */
const interruptible = (client: Client) => {
  let away: string | undefined;
  const send: Client['send'] = (request, signal) =>
    away !== undefined && request.resource === 'orders' && request.query?.['status'] === lists[away]
      ? Promise.resolve({
          kind: 'failed',
          failure: { kind: 'server_error', sentence: 'It was taken away by the check.', applied: 'no' },
        })
      : client.send(request, signal);
  return { client: { ...client, send }, take: (source: string | undefined) => void (away = source) };
};

/** No product and no order has an id as high. */
const missingRow: RowKey = '999999999-0';
const missingOrder = '999999999';

export type WooCommerceWorld = ChannelWorld<WooCommerceOrder> & {
  /** Cancels what a failed check left, writes what the rows showed at first, and leaves the shop. */
  readonly stop: () => Promise<void>;
};

/** Dates have a second's resolution: what is done in one second may look like one thing. */
export const nextSecond = async (): Promise<void> => {
  const begun = Math.floor(Date.now() / 1_000);
  while (Math.floor(Date.now() / 1_000) <= begun) await wait(20);
};

/**
 * A shop, and what can be done in it by its interface alone: a real one too. Orders that checks make stay there, cancelled.
 *
 * @param later lets a second of the shop's time go by
 */
export const restWorld = async (
  access: Access,
  rows: readonly RowKey[],
  later: () => Promise<void> = nextSecond,
): Promise<WooCommerceWorld> => {
  const raw = rawRest(access);
  const own = restClient(access);
  const others = restClient(access);
  const strangers = restClient({ ...access, key: `ck_${'0'.repeat(40)}` });
  const { client, take } = interruptible(own);
  const other = createWooCommercePort({ client: others });
  const atFirst: readonly RowReading[] = valueOf(await other.readBack(rows, patience()));
  const typeIn = async (row: RowKey, quantity: number): Promise<void> => {
    valueOf(await other.write([{ row, quantity, expected: 0 }], patience()));
  };
  const open = new Set<string>();
  const order = async (row: RowKey, units: number): Promise<string> => {
    await later();
    const id = await orderThrough(raw, row, units);
    open.add(id);
    return id;
  };
  const cancel = async (id: string): Promise<void> => {
    await later();
    await cancelThrough(raw, id);
    open.delete(id);
  };
  const port = createWooCommercePort({ client });
  valueOf(await port.survey(surveyAsked, patience()));
  return {
    port,
    ...{ rows, missingRow, missingOrder, order, cancel, typeIn, sources: Object.keys(lists) },
    stranger: createWooCommercePort({ client: strangers }),
    // The shop lowers its rows in one statement: from outside nothing comes in between.
    orderAcross: async (row, units, write) => {
      const id = await order(row, units);
      await write();
      return id;
    },
    withoutSource: async (source, use) => {
      take(source);
      try {
        return await use();
      } finally {
        take(undefined);
      }
    },
    stop: async () => {
      try {
        for (const id of open) await cancel(id).catch(() => undefined);
        for (const { row, quantity } of atFirst) await typeIn(row, quantity);
      } finally {
        for (const one of [own, others, strangers]) await one.close();
      }
    },
  };
};
