import { jsonBytes, type Decision } from '#event-sourcing';
import { appendBytesMax, metadataBytes } from './bounds.js';
import type { OrderEvent } from './events.js';
import type { OrderRefusal } from './refusals.js';

type OrderDecision = Decision<OrderEvent, OrderRefusal>;

const bytesOf = ({ data }: OrderEvent): number => jsonBytes(data) + metadataBytes;

const itemsIn = (event: OrderEvent): number => {
  switch (event.type) {
    case 'OrderRecorded':
      return event.data.snapshot.lines.length;
    case 'OrderLinesResolved':
      return event.data.lines.length + event.data.unmapped.length;
    case 'OrderTargetsSet':
      return event.data.targets.length;
    case 'OrderBaselined':
      return event.data.lines.length;
  }
};

/** So few lines and targets are never too large, and need not be measured: with the longest keys each has some 2 kB. */
export const fewItemsMax = 300;

const isSmall = (events: readonly OrderEvent[]): boolean => {
  let items = 0;
  for (const event of events) items += itemsIn(event);
  return items <= fewItemsMax;
};

/** How many of the first events go together. */
const countWithin = (sizes: readonly number[], bytesMax: number): number => {
  let bytes = 0;
  const first = sizes.findIndex((size) => (bytes += size) > bytesMax);
  return first === -1 ? sizes.length : first;
};

/**
 * A decision as its store can take it: one append where that is enough, else what was said first, and what follows from it in
 * appends of their own. Between two of them the order is unsettled, and whoever meets it goes on. An event that no append
 * carries makes the whole too large: nothing of it may be stored.
 */
export const inAppends = (decision: OrderDecision): OrderDecision => {
  if (decision.kind !== 'accepted' || decision.events.length < 2 || isSmall(decision.events)) return decision;
  const sizes = decision.events.map(bytesOf);
  const count = countWithin(sizes, appendBytesMax);
  if (count === sizes.length || Math.max(...sizes) > appendBytesMax) return decision;
  return { kind: 'prepared', events: decision.events.slice(0, count) };
};
