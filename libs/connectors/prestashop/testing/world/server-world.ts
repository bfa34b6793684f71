import { type Playground } from '#testing';
import {
  createGate,
  startPrestashop,
  type Fault,
  type PrestashopServer,
  type Version,
} from '../../../../../test/servers/prestashop/index.js';
import { capabilities } from '../../src/index.js';
import { type PrestashopWorld, webserviceWorld } from './webservice-world.js';

const paid = 2;

/** The shop's time has a second's resolution: acts of a person lie further apart than that. */
const secondsApart = 2;

const failingOf = ({ shop, faults }: PrestashopServer): Playground['failing'] => {
  const faulty =
    (fault: Fault): (() => () => void) =>
    () =>
      faults.add({ fault });
  return {
    'a redirect': { kind: 'misconfigured', begin: faulty({ kind: 'redirect', to: 'https://elsewhere.example/' }) },
    maintenance: { kind: 'busy', begin: faulty({ kind: 'maintenance' }) },
    'half an answer': { kind: 'unintelligible', begin: faulty({ kind: 'truncate', bytes: 100 }) },
    'a page in place of data': { kind: 'unintelligible', begin: faulty({ kind: 'html', status: 200 }) },
    silence: { kind: 'unreachable', begin: faulty({ kind: 'silence', commits: false }), deadlineMillis: 100 },
    'the webservice is off': {
      kind: 'misconfigured',
      begin: () => {
        shop.configure('PS_WEBSERVICE', '0');
        return () => shop.configure('PS_WEBSERVICE', '1');
      },
    },
  };
};

const playgroundOf = ({ shop, faults }: PrestashopServer, failing: Playground['failing']): Playground => {
  let skewMillis = 0;
  const detailOf = (order: string): number => shop.linesOf(Number(order))[0]?.id ?? 0;
  const done = async (act: Promise<{ readonly kind: string }>): Promise<void> => {
    const { kind } = await act;
    if (kind !== 'done') throw new Error('The shop refuses the act.');
  };
  const later = (): void => {
    skewMillis += secondsApart * 1_000;
    shop.clock.skew(skewMillis);
  };
  const stateTo = (order: string, state: number) =>
    done(shop.changeState({ order: Number(order), state, changer: 'back_office' }));
  const changes: Playground['changes'] = {
    'another state': (order) => stateTo(order, 3),
    'an error of payment': (order) => stateTo(order, 8),
    'a refund with a slip': (order) => done(shop.partialRefund({ detail: detailOf(order), units: 1 })),
    'a refund without a slip': (order) =>
      done(shop.partialRefund({ detail: detailOf(order), units: 1, voucherOnly: true })),
    'more units of a line': (order) => done(shop.updateProduct(detailOf(order), 5)),
    'fewer units of a line': (order) => done(shop.updateProduct(detailOf(order), 1)),
    'a line less': (order) => done(shop.deleteProduct(detailOf(order))),
    'a refund and its cancellation': async (order) => {
      await done(shop.partialRefund({ detail: detailOf(order), units: 1 }));
      await stateTo(order, 6);
    },
  };
  const nextWrite = (fault: Fault): void => {
    const method = shop.version === '1.7.8' ? 'PUT' : 'PATCH';
    faults.add({ fault, method, resource: 'stock_availables', times: 1 });
  };
  return {
    changes: Object.fromEntries(
      Object.entries(changes).map(([name, change]) => [
        name,
        (order) => {
          later();
          return change(order);
        },
      ]),
    ),
    vanish: (order) => Promise.resolve(shop.tables.orders.remove(Number(order))),
    failing,
    loseAnswer: () => nextWrite({ kind: 'reset', commits: true }),
    failBehindFirst: () => nextWrite({ kind: 'notice', afterRows: 1 }),
    loseCancellation: () => {
      faults.add({ fault: { kind: 'reset', commits: true }, method: 'POST', resource: 'order_histories', times: 1 });
    },
    restoredAfter: async (done) => {
      const backup = shop.backup();
      await done();
      shop.restore(backup);
      later();
    },
  };
};

/** A shop of our own: nothing of the suite is left out. */
export const serverWorld = async (version: Version): Promise<PrestashopWorld> => {
  const server = await startPrestashop({ version, seed: 'demo' });
  const { shop } = server;
  const ids = Array.from({ length: capabilities.rowsMax - 1 }, (_, at) =>
    shop.createProduct({ reference: `row_${at}`, quantity: 10 }),
  );
  const rows = ['1-1@s1g0', ...ids.map((id) => `${id}-0@s1g0`)];
  const world = await webserviceWorld(`${server.url}/api/`, server.key, rows);
  return {
    ...world,
    orderAcross: async (row, units, write) => {
      const gate = createGate(({ point, cause }) => point === 'stock_write' && cause.kind === 'act');
      const [product = 0, combination = 0] = row.split(/[-@]/u).map(Number);
      const lines = [{ id_product: product, id_product_attribute: combination, quantity: units }];
      shop.pauseWith(gate.pause);
      const placing = shop.placeOrder({ lines, state: paid });
      await gate.arrived();
      await write();
      shop.pauseWith(undefined);
      gate.open();
      return String((await placing).id);
    },
    playground: playgroundOf(server, failingOf(server)),
    stop: async () => {
      await world.stop().finally(() => server.stop());
    },
  };
};
