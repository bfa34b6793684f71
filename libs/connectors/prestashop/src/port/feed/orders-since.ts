import { type ChannelPort, type FeedSource, ordersSinceBy } from '#channel-kit';
import { orderHistories, orderSlips, stockMovements } from '../../webservice/index.js';
import { type PrestashopOrder } from '../order.js';
import { type PortContext } from '../shop.js';
import { sourceByCounter } from './by-counter.js';
import { sourceById } from './by-id.js';
import { ordersByTime } from './by-time.js';
import { overlapSeconds } from './overlap.js';

const sourcesOf = ({ client, settings, now }: PortContext): readonly FeedSource[] => {
  const overlap = async (signal: AbortSignal): Promise<number> => {
    const known = await settings(signal);
    return overlapSeconds(known.kind === 'ok' ? known.value.zone : undefined, now());
  };
  return [
    sourceById(client, orderHistories),
    ordersByTime(client, now, overlap),
    sourceById(client, orderSlips),
    sourceById(client, stockMovements),
    sourceByCounter(client, now),
  ];
};

/** What changed since, by five sources: history, time of change, credit slips, movements, counters. No one of them sees all. */
export const ordersSinceOf = (context: PortContext): ChannelPort<PrestashopOrder>['ordersSince'] =>
  ordersSinceBy(sourcesOf(context));
