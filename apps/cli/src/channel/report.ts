import type { Terms } from '../policy/terms.js';
import { channelPath, connectorPath, numberAt, termsAt, textAt } from './api.js';
import { done, type Context, type Result } from './context.js';
import { countsIn } from './jobs.js';

/** How a channel does: its rung, its worker, and what its records say of the day. @throws LedgerError */
export const report = async (context: Context): Promise<Result> => {
  const { ask, print, options } = context;
  const { connection = {}, worker = {} } = (await ask('GET', connectorPath(options.channel))) as Record<string, Terms>;
  const day = await ask('GET', `${channelPath(options.channel)}/report`);
  const now = termsAt(day, 'now');
  const trouble = termsAt(worker, 'trouble');
  print(`channel ${options.channel} on ${textAt(termsAt(connection, 'ladder'), 'rung')}, ${textAt(day, 'day')}`);
  print(
    `worker: ${worker['isRunning'] === true ? 'running' : 'not running here'}, ${numberAt(worker, 'rowsDue')} rows due, ${numberAt(worker, 'ordersUnderWay')} orders under way`,
  );
  if (textAt(trouble, 'code') !== '') print(`trouble: ${textAt(trouble, 'code')}: ${textAt(trouble, 'detail')}`);
  print(`written ${numberAt(day, 'written')}, would push ${numberAt(day, 'wouldPush')}`);
  print(
    `above: ${countsIn(termsAt(day, 'above'))}; below: ${countsIn(termsAt(day, 'below'))}; raised ${numberAt(day, 'raised')}, held ${numberAt(day, 'held')}`,
  );
  print(`waiting: ${numberAt(now, 'heldRows')} held rows, ${numberAt(now, 'openAlerts')} open alerts`);
  const waits = numberAt(now, 'heldRows') > 0 || numberAt(now, 'openAlerts') > 0;
  return done({ connection, worker, day }, waits);
};
