import { startPrestashop, type PrestashopOptions, type PrestashopServer } from '../start.js';
import type { Order, Report } from './messages.js';

let server: PrestashopServer | undefined;

type Callable = (...args: readonly unknown[]) => unknown;

/** "shop.placeOrder" of the server. */
const find = (path: string): Callable => {
  const found = path
    .split('.')
    .reduce<unknown>((object, name) => (object as Readonly<Record<string, unknown>> | undefined)?.[name], server);
  if (typeof found !== 'function') throw new Error(`The server has no ${path}.`);
  return found as Callable;
};

const start = async (options: PrestashopOptions): Promise<Report> => {
  server = await startPrestashop(options);
  return { kind: 'started', url: server.url, port: server.port, key: server.key };
};

const obey = async (order: Order): Promise<Report> => {
  if (order.kind === 'start') return start(order.options);
  const value = await find(order.path)(...order.args);
  // What it returns to heal a fault cannot travel: all faults are healed at once.
  return { kind: 'returned', value: typeof value === 'function' ? undefined : value };
};

const report = (order: Order): Promise<Report> =>
  obey(order).catch((error: unknown) => ({ kind: 'failed', message: String(error) }));

const [options] = process.argv.slice(2);
if (options !== undefined) {
  const started = await start(JSON.parse(options) as PrestashopOptions);
  console.log(JSON.stringify(started));
}

let last = Promise.resolve();
process.on('message', (order: Order) => {
  last = last.then(async () => void process.send?.(await report(order)));
});
// Nobody is left to stop it.
process.on('disconnect', () => process.exit());
