import type { Answer, ChannelPort, Trouble } from '#channel-kit';
import { textOf } from '../client/fields.js';
import { answered, troubled, troubleOfWrite } from '../client/trouble.js';
import type { PortContext } from './context.js';
import { openUnits } from './describe.js';
import { orderOf, type MarketplaceItem, type MarketplaceOrder } from './order.js';
import { awaitProcesses } from './processes.js';

const refused = (code: string, detail: string): Trouble => ({ kind: 'refused', code, detail });
const missing = refused('order_missing', 'The marketplace has no such order any more.');
const handled = refused('order_handled', 'Units of the order have left already: wait for their return.');
const pending: Trouble = {
  kind: 'unknown_outcome',
  code: 'not_decided',
  detail: 'The cancellation was accepted and is not carried out yet: read the order again.',
};

/** One item a request: the marketplace takes no more. @returns its process */
const cancelItem = async (
  { client }: PortContext,
  { id }: MarketplaceItem,
  signal: AbortSignal,
): Promise<Answer<string>> => {
  const body = { orderItems: [{ orderItemId: id, reasonCode: 'OUT_OF_STOCK' }] };
  const answer = await client.send({ method: 'PUT', path: '/retailer/orders/cancellation', body }, signal);
  if (answer.kind === 'trouble') return troubled(troubleOfWrite(answer));
  const process = answer.kind === 'ok' ? textOf(answer.value, 'processStatusId') : undefined;
  return process === undefined ? troubled(missing) : answered(process);
};

/** Asks for the cancellation of every item that has not left, and waits until it is decided. */
export const cancelOf =
  (context: PortContext): ChannelPort<MarketplaceOrder>['cancel'] =>
  async (id, signal) => {
    const read = await orderOf(context)(id, signal);
    if (read.kind === 'trouble') return read;
    if (read.value === undefined) return troubled(missing);
    const processes: string[] = [];
    for (const item of read.value.items.filter((one) => openUnits(one) > 0)) {
      const asked = await cancelItem(context, item, signal);
      if (asked.kind === 'trouble') return asked;
      processes.push(asked.value);
    }
    const ended = await awaitProcesses(context, processes, signal);
    if (processes.some((process) => !ended.has(process))) return troubled(pending);
    const hasLeft = read.value.items.some(({ shipped }) => shipped > 0) || [...ended.values()].includes('failed');
    return hasLeft ? troubled(handled) : answered(undefined);
  };
