import { type Playground } from '#testing';
import {
  createGate,
  startWooCommerce,
  type Fault,
  type Gate,
  type Shop,
  type WooCommerceServer,
} from '../../../../../test/servers/woocommerce/index.js';
import { capabilities } from '../../src/index.js';
import { restWorld, type WooCommerceWorld } from './rest-world.js';

/** Acts of a person lie further apart than a second, and the shop's clock behind ours. */
const secondsApart = 2;
const behindMillis = 3_600_000;

const clockOf = () => {
  let aheadMillis = -behindMillis;
  return {
    now: () => Date.now() + aheadMillis,
    later: () => {
      aheadMillis += secondsApart * 1_000;
      return Promise.resolve();
    },
  };
};

const changesOf = (shop: Shop): Playground['changes'] => {
  const statusTo = (status: string) => async (order: string) => {
    await shop.updateOrder(Number(order), { status });
  };
  const lineOf = (order: string): number => shop.order(Number(order))?.lines[0]?.id ?? 0;
  const edited = (quantity: number) => async (order: string) => {
    await shop.updateOrder(Number(order), { lines: [{ id: lineOf(order), quantity }] });
  };
  const refunded = (restock: boolean) => async (order: string) => {
    await shop.refund(Number(order), { amount: 10, lines: [{ line: lineOf(order), quantity: 1 }], restock });
  };
  return {
    'another status that takes': statusTo('on-hold'),
    'its goods sent': statusTo('completed'),
    'a failed payment': statusTo('failed'),
    'all its money back': statusTo('refunded'),
    'back to unpaid': statusTo('pending'),
    'a refund that is put back': refunded(true),
    'a refund that is not put back': refunded(false),
    'more units of a line': edited(5),
    'fewer units of a line': edited(1),
    'a line less': edited(0),
    'the trash': (order) => Promise.resolve(shop.trashOrder(Number(order))),
  };
};

const failingOf = ({ faults, keys, key }: WooCommerceServer): Playground['failing'] => {
  const faulty =
    (fault: Fault): (() => () => void) =>
    () =>
      faults.add({ fault });
  return {
    maintenance: { kind: 'busy', begin: faulty({ kind: 'maintenance' }) },
    'a page in place of data': { kind: 'unintelligible', begin: faulty({ kind: 'html', status: 200 }) },
    'a firewall': { kind: 'misconfigured', begin: faulty({ kind: 'html', status: 403 }) },
    'a connection that breaks': { kind: 'unreachable', begin: faulty({ kind: 'reset', commits: false }) },
    silence: { kind: 'unreachable', begin: faulty({ kind: 'silence', commits: false }), deadlineMillis: 100 },
    'a key that was deleted': {
      kind: 'misconfigured',
      begin: () => {
        const kept = keys.get(key);
        keys.delete(key);
        return () => {
          if (kept !== undefined) keys.set(key, kept);
        };
      },
    },
  };
};

const playgroundOf = (server: WooCommerceServer, later: () => Promise<void>): Playground => {
  const { shop, faults } = server;
  return {
    changes: Object.fromEntries(
      Object.entries(changesOf(shop)).map(([name, change]) => [
        name,
        async (order) => {
          await later();
          await change(order);
        },
      ]),
    ),
    vanish: (order) => Promise.resolve(shop.deleteOrder(Number(order))),
    failing: failingOf(server),
    loseAnswer: () => void faults.add({ fault: { kind: 'reset', commits: true }, method: 'POST', times: 1 }),
    failBehindFirst: () => void faults.add({ fault: { kind: 'error_after_commit' }, method: 'POST', times: 1 }),
    loseCancellation: () => void faults.add({ fault: { kind: 'reset', commits: true }, method: 'PUT', times: 1 }),
    // Its feed rests on times alone: nobody sets it back.
    restoredAfter: (done) => done(),
  };
};

const arrivesMillisMax = 10_000;

const arrived = async ({ waiting }: Gate): Promise<void> => {
  for (const giveUpAt = Date.now() + arrivesMillisMax; waiting() === 0;) {
    if (Date.now() > giveUpAt) throw new Error('No order came to the gate.');
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
};

/** What the first row of a world is: the one that most checks write. */
export type RowKind = 'product' | 'variation' | 'parent';

const firstRows = (shop: Shop): Readonly<Record<RowKind, string>> => {
  const { id: product } = shop.createProduct({ sku: 'MUG', stock: 10 });
  const { id: divided } = shop.createProduct({ sku: 'SHIRT', type: 'variable' });
  const { id: variation } = shop.createProduct({ sku: 'SHIRT-M', type: 'variation', parent: divided, stock: 10 });
  const { id: parent } = shop.createProduct({ sku: 'SOCKS', type: 'variable', stock: 10 });
  shop.createProduct({ sku: 'SOCKS-M', type: 'variation', parent });
  return { product: `${product}-0`, variation: `${divided}-${variation}`, parent: `${parent}-0` };
};

/** A shop of our own: nothing of the suite is left out. */
export const serverWorld = async (kind: RowKind, hasPlugin = false): Promise<WooCommerceWorld> => {
  const { now, later } = clockOf();
  const server = await startWooCommerce({ now, hasPlugin });
  const { shop, url, key, secret } = server;
  const firsts = firstRows(shop);
  const more = Array.from({ length: capabilities.rowsMax - 3 }, (_, at) =>
    shop.createProduct({ sku: `row_${at}`, stock: 10 }),
  );
  const others = Object.values(firsts).filter((row) => row !== firsts[kind]);
  const rows = [firsts[kind], ...others, ...more.map(({ id }) => `${id}-0`)];
  const world = await restWorld({ base: `${url}/wp-json/wc/v3/`, key, secret }, rows, later);
  return {
    ...world,
    orderAcross: async (row, units, write) => {
      const gate = createGate(({ at }) => at === 'status');
      await later();
      shop.pauseWith(gate.pause);
      const placing = world.order(row, units);
      await arrived(gate);
      shop.pauseWith(undefined);
      await write();
      gate.open();
      return placing;
    },
    playground: playgroundOf(server, later),
    stop: async () => {
      await world.stop().finally(() => server.stop());
    },
  };
};
