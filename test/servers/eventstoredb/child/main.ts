import type { RunningNode } from '../node/serve.js';
import { startNode } from '../node/start-node.js';
import type { Order, Report } from './messages.js';

let node: RunningNode | undefined;

const obey = async (order: Order): Promise<number> => {
  if (order.kind === 'command') return node?.command(order.command) ?? 0;
  node = await startNode(order.settings);
  return 0;
};

const report = async (order: Order): Promise<Report> => {
  try {
    const due = await obey(order);
    return { kind: 'done', port: node?.port ?? 0, due };
  } catch (error) {
    return { kind: 'failed', message: String(error) };
  }
};

process.on('message', (order: Order) => void report(order).then((answer) => process.send?.(answer)));
// Nobody is left to stop it.
process.on('disconnect', () => process.exit());
