import { type RowKey, type RowReading } from '#channel-kit';
import { type ChannelWorld } from '#testing';
import { type Client, createPrestashopPort, type PrestashopOrder, webserviceClient } from '../../src/index.js';
import { patience, valueOf } from '../asking.js';
import { rawWebservice } from './raw.js';
import { cancelThrough, orderThrough } from './sales.js';

/** A client from which one resource can be taken away; nothing is sent to the shop for it then. */
const interruptible = (client: Client) => {
  let away: string | undefined;
  const send: Client['send'] = (request, signal) =>
    request.resource.split('/')[0] === away
      ? Promise.resolve({
          kind: 'failed',
          failure: { kind: 'server_error', sentence: 'It was taken away by the check.', applied: 'no' },
        })
      : client.send(request, signal);
  return { client: { ...client, send }, take: (resource: string | undefined) => void (away = resource) };
};

/** Sources that ask something of the shop with each reading. */
const sources = ['order_histories', 'orders', 'order_slip', 'stock_movements'];

const wrongKey = 'WRONGWRONGWRONGWRONGWRONGWRONG32';

/** No product and no order has an id as high. */
const missingRow: RowKey = '999999999-0@s1g0';
const missingOrder = '999999999';

export type PrestashopWorld = ChannelWorld<PrestashopOrder> & {
  /** Cancels what a failed check left, writes what the rows showed at first, and leaves the shop. */
  readonly stop: () => Promise<void>;
};

/**
 * A shop, and what can be done in it by its webservice alone: a real one too. Orders that checks make stay there, cancelled.
 *
 * @param base address of the webservice, with a slash at its end
 */
export const webserviceWorld = async (base: string, key: string, rows: readonly RowKey[]): Promise<PrestashopWorld> => {
  const raw = rawWebservice(base, key);
  const [own, others, strangers] = [key, key, wrongKey].map((one) => webserviceClient({ base, key: one }));
  if (own === undefined || others === undefined || strangers === undefined) throw new Error('no clients');
  const { client, take } = interruptible(own);
  const other = createPrestashopPort({ client: others });
  const atFirst: readonly RowReading[] = valueOf(await other.readBack(rows, patience()));
  const typeIn = async (row: RowKey, quantity: number): Promise<void> => {
    valueOf(await other.write([{ row, quantity, expected: 0 }], patience()));
  };
  const shows = async (row: RowKey): Promise<number> =>
    valueOf(await other.readBack([row], patience()))[0]?.quantity ?? 0;
  const open = new Set<string>();
  const order = async (row: RowKey, units: number): Promise<string> => {
    const id = await orderThrough(raw, row, units);
    open.add(id);
    return id;
  };
  const cancel = async (id: string): Promise<void> => {
    await cancelThrough(raw, id);
    open.delete(id);
  };
  return {
    port: createPrestashopPort({ client }),
    rows,
    missingRow,
    missingOrder,
    stranger: createPrestashopPort({ client: strangers }),
    order,
    cancel,
    // A shop cannot be stopped between its reading and its writing from outside: what it would leave is typed in.
    orderAcross: async (row, units, write) => {
      const before = await shows(row);
      const id = await order(row, units);
      await write();
      await typeIn(row, before - units);
      return id;
    },
    typeIn,
    sources,
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
