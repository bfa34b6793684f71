import { arrivedOn } from '#stock';
import type { IncomingLine, LineStanding, OrderLine, StockEvent } from '#stock';
import { keyOf } from './changes.js';
import type { FoldChanges, IncomingChange } from './changes.js';

type At = { readonly sku: string; readonly revision: number };

/** What an event says of units that are to come, and of who was promised them. */
export const foldIncoming = (changes: FoldChanges, at: At, event: StockEvent): void => {
  for (const { incomingLine, quantity } of event.data.pledges ?? nobody)
    addPledge(changes, at.sku, incomingLine, quantity);
  if (event.type === 'IncomingExpected' || event.type === 'IncomingRevised')
    tell(changes, at, event.data.incoming.line, event.data.incoming);
  if (event.type === 'IncomingCancelled') tell(changes, at, event.data.incomingLine, null);
  for (const { incomingLine, quantity } of arrivedOn(event)) changeOf(changes, at, incomingLine).received += quantity;
  if ('line' in event.data && 'order' in event.data && event.data.line.backordered !== undefined)
    setPromises(changes, at, event.data.order, event.data.line);
  if (isOfBackorder(event)) setPromises(changes, at, event.data.order, event.data.line);
};

const nobody: readonly never[] = [];

const isOfBackorder = (event: StockEvent): event is OfBackorder => event.type.startsWith('Backorder');
type OfBackorder = Extract<StockEvent, { type: `Backorder${string}` }>;

const changeOf = (changes: FoldChanges, { sku, revision }: At, line: string): IncomingChange => {
  const key = keyOf(sku, line);
  const change = changes.incoming.get(key) ?? { sku, line, received: 0, revision };
  change.revision = revision;
  changes.incoming.set(key, change);
  return change;
};

const tell = (changes: FoldChanges, at: At, line: string, told: IncomingLine | null): void => {
  changeOf(changes, at, line).told = told;
};

const addPledge = (changes: FoldChanges, sku: string, incomingLine: string, quantity: number): void => {
  const key = keyOf(sku, incomingLine);
  const change = changes.pledges.get(key);
  if (change === undefined) changes.pledges.set(key, { sku, incomingLine, delta: quantity });
  else change.delta += quantity;
};

const setPromises = (changes: FoldChanges, at: At, order: OrderLine, standing: LineStanding): void => {
  const { channel, orderKey, line } = order;
  const { paid, placedAt, backordered: promises = [] } = standing;
  changes.promises.set(keyOf(at.sku, channel, orderKey, line), {
    ...at,
    ...{ channel, orderKey, line, promises, paid, placedAt },
  });
};
