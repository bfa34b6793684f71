import type { Instant } from '#event-sourcing';
import type { FactCommand } from './commands.js';
import type { Fact, StockEvent } from './events.js';
import type { OrderLine } from './standing.js';

/** Order keys are free text: what would be read as a separator is written in another way. */
const escaped = (text: string): string =>
  /[%|]/.test(text) ? text.replaceAll('%', '%25').replaceAll('|', '%7C') : text;

let last: OrderLine & { readonly key: string } = { channel: '', orderKey: '', line: '', key: '|ordered||' };

/**
 * The fact key of an order line: its channel stands for the connection that orders there. A decision and what follows it
 * ask for the key of one line a dozen times in a row: the last one is remembered, and all maps share its text.
 */
export const lineKeyOf = ({ channel, orderKey, line }: OrderLine): string => {
  if (line !== last.line || orderKey !== last.orderKey || channel !== last.channel)
    last = { channel, orderKey, line, key: `${channel}|ordered|${escaped(orderKey)}|${escaped(line)}` };
  return last.key;
};

/** An order line is a fact of each SKU that it takes (a bundle takes several), and never moves from one to another. Codes have no `|`. */
export const isLineKey = (key: string): boolean => key.startsWith('ordered|', key.indexOf('|') + 1);

/** An assembly is a fact of each SKU that it takes or makes: under one key, and on all of them at once. */
export const isAssemblyKey = (key: string): boolean => key.startsWith('assembly|', key.indexOf('|') + 1);

/** The three facts of one transfer come from different documents that may share a number. */
const factPrefixes = {
  receipt: 'receipt|',
  issue: 'issue|',
  return: 'return|',
  adjustment: 'adjustment|',
  count: 'count|',
  observation: 'observation|',
  bucket_change: 'bucket_change|',
  assembly: 'assembly|',
  transfer_dispatch: 'transfer|dispatch:',
  transfer_receipt: 'transfer|receipt:',
  transfer_close: 'transfer|close:',
  incoming: 'incoming|',
} as const satisfies Record<FactCommand['kind'], string>;

const kindsByEvent: { readonly [Type in StockEvent['type']]?: FactCommand['kind'] } = {
  StockReceived: 'receipt',
  StockIssued: 'issue',
  StockReturned: 'return',
  StockAdjusted: 'adjustment',
  StockCounted: 'count',
  StockObserved: 'observation',
  StockMovedBetweenBuckets: 'bucket_change',
  StockAssembled: 'assembly',
  TransferDispatched: 'transfer_dispatch',
  TransferReceived: 'transfer_receipt',
  TransferClosed: 'transfer_close',
  IncomingExpected: 'incoming',
  IncomingRevised: 'incoming',
  IncomingCancelled: 'incoming',
};

/** (connection, kind of fact, sourceKey): what makes two reports speak of the same line. */
export const factKeyOf = ({ connection, kind, sourceKey }: Pick<FactCommand, 'connection' | 'kind' | 'sourceKey'>) =>
  `${connection}|${factPrefixes[kind]}${sourceKey}`;

const kindOfReport = (event: StockEvent): FactCommand['kind'] | undefined =>
  event.type === 'WitnessRecorded' ? event.data.kind : kindsByEvent[event.type];

/** The same key, read from the event that reports the fact. Undefined: the order line's own target speaks. */
export const factKeyOfEvent = (event: StockEvent, fact: Fact): string | undefined => {
  const kind = kindOfReport(event);
  return kind === undefined || fact.kind === 'ordered' ? undefined : factKeyOf({ ...fact, kind });
};

export const reservationKeyOf = (channel: string, cart: string): string => `${channel}:${cart}`;
/** Channel codes have no colon. */
export const channelOfReservation = (reservation: string): string => reservation.slice(0, reservation.indexOf(':'));

/** Sorts by deadline; an instant has one width. */
export const expiryKeyOf = (expiresAt: Instant, reservation: string): string => `${expiresAt}|${reservation}`;
