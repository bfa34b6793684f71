import { LedgerError } from '../policy/client.js';
import type { Terms } from '../policy/terms.js';
import { channelPath, connectorPath, listAt, numberAt, piecesOf, termsAt, textAt } from './api.js';
import type { Context } from './context.js';
import { linesIn } from './files.js';
import { patiently } from './patiently.js';

const ordersPerJob = 1_000;

/** What has left of open orders before the opening figures were taken is not taken off them again. */
export const takeOpenOrders = async (context: Context): Promise<{ readonly says: string; readonly waits: boolean }> => {
  const { options, progress } = context;
  const orders = await ordersOf(context);
  progress.begin('baseline', orders.length);
  let gone = 0;
  for (const [at, order] of orders.entries()) {
    gone += await baselineOne(context, order);
    progress.reached(at + 1);
  }
  progress.end();
  for (const piece of options.yes ? piecesOf(orders, ordersPerJob) : [])
    await patiently(context, 'reread', { orders: piece });
  const says = `${orders.length - gone} open orders ${options.yes ? 'stand' : 'would be taken in'}, ${gone} are not in the shop`;
  return { says, waits: gone > 0 };
};

/** Those that a person names, else those that the shop has in a state in which nothing has left. */
const ordersOf = async ({ ask, options: { channel, files } }: Context): Promise<readonly string[]> => {
  if (files.orders !== undefined) return linesIn(files.orders);
  const found = await ask('GET', `${connectorPath(channel)}/open-orders`);
  return listAt(found, 'orders').map(String);
};

/** 1 where the shop does not have it. */
const baselineOne = async (context: Context, order: string): Promise<0 | 1> => {
  const { ask, options } = context;
  try {
    const described = await ask('GET', `${connectorPath(options.channel)}/orders/${encodeURIComponent(order)}`);
    const path = `${channelPath(options.channel).replace('/v1/channels/', '/v1/orders/')}/${encodeURIComponent(textAt(described, 'key'))}`;
    const lines = listAt(termsAt(described, 'snapshot'), 'lines').map((line) => baselineLine(line as Terms));
    if (options.yes && !(await isTakenIn(context, path)))
      await ask('PUT', `${path}/baseline`, { lines }).catch(ignoreBaselined);
    return 0;
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'unknown_shop_order') return 1;
    throw error;
  }
};

/** What left of an order that nobody has named since the ledger took it in was posted: it is no baseline. */
const isTakenIn = async ({ ask, options: { files } }: Context, path: string): Promise<boolean> => {
  if (files.orders !== undefined) return false;
  try {
    return (await ask('GET', path))['snapshot'] !== undefined;
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'unknown_order') return false;
    throw error;
  }
};

/** The first one counts: what left since is what the ledger took in. */
const ignoreBaselined = (error: unknown): void => {
  if (!(error instanceof LedgerError && error.code === 'already_baselined')) throw error;
};

const baselineLine = (line: Terms): Terms => ({
  line: textAt(line, 'line'),
  issued: numberAt(line, 'shipped'),
  returned: numberAt(line, 'restocked'),
});
