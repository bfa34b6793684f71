import type { Answer, ChannelPort, RowKey, RowReading } from '#channel-kit';
import { answered, troubled, unintelligible } from '../client/trouble.js';
import type { PortContext } from './context.js';
import { readOffer } from './offer.js';
import type { MarketplaceOrder } from './order.js';

/** The marketplace shows one offer a request; so many requests are under way at once. */
const requestsMax = 4;

const readOne = async (
  { client }: PortContext,
  row: RowKey,
  signal: AbortSignal,
): Promise<Answer<readonly RowReading[]>> => {
  const path = `/retailer/offers/${encodeURIComponent(row)}`;
  const answer = await client.send({ method: 'GET', path }, signal);
  if (answer.kind === 'trouble') return troubled(answer.trouble);
  if (answer.kind === 'not_found') return answered([]);
  const offer = readOffer(answer.value);
  return offer === undefined ? unintelligible(`Offer ${row}`) : answered([{ row, quantity: offer.amount }]);
};

/** The figure on each offer's page. What was accepted and is not shown yet is not in it. */
export const readBackOf =
  (context: PortContext): ChannelPort<MarketplaceOrder>['readBack'] =>
  async (rows, signal) => {
    const readings: RowReading[] = [];
    for (let next = 0; next < rows.length; next += requestsMax) {
      const some = rows.slice(next, next + requestsMax);
      for (const answer of await Promise.all(some.map((row) => readOne(context, row, signal)))) {
        if (answer.kind === 'trouble') return answer;
        readings.push(...answer.value);
      }
    }
    return answered(readings);
  };
