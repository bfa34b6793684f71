import type { RecordedEvent } from '#event-sourcing';
import { quotasOf, unsourcedOf } from '#stock';
import type { Held, LineStanding, OrderLine, Part, StockEvent } from '#stock';
import { addPart, noCounts } from '../balances/counts.js';
import { asStockEvent, skuOf } from '../events/ledger-event.js';
import { RevisionGapError } from '../events/revision-gap.js';
import { keyOf } from './changes.js';
import type { FoldChanges } from './changes.js';
import { foldIncoming } from './fold-incoming.js';

/** Where and when: what every change of an event carries. */
type At = { readonly sku: string; readonly revision: number };

/** Takes one event of a SKU into the changes of its batch. Events carry what they leave behind: nothing is computed. */
export const foldStockEvent = (changes: FoldChanges, recorded: RecordedEvent): void => {
  const at = { sku: skuOf(recorded.stream), revision: recorded.revision };
  const event = asStockEvent(recorded);
  foldHead(changes, at, recorded);
  foldParts(changes, at, event);
  for (const quota of quotasOf(event))
    changes.quotas.set(keyOf(at.sku, quota.location, quota.channel), { ...at, ...quota });
  foldIncoming(changes, at, event);
  foldStanding(changes, at, event);
};

const foldHead = (changes: FoldChanges, { sku, revision }: At, { position, metadata }: RecordedEvent): void => {
  const head = changes.heads.get(sku);
  if (head === undefined) {
    changes.heads.set(sku, { sku, first: revision, firstRecordedAt: metadata.recordedAt, last: revision, position });
    return;
  }
  if (revision !== head.last + 1)
    throw new RevisionGapError(`SKU ${sku}: revision ${revision} came after ${head.last}`);
  head.last = revision;
  head.position = position;
};

const foldParts = (changes: FoldChanges, { sku, revision }: At, event: StockEvent): void => {
  for (const part of event.data.parts) {
    const key = keyOf(sku, part.location);
    let balance = changes.balances.get(key);
    if (balance === undefined) {
      balance = { sku, location: part.location, delta: noCounts(), revision };
      changes.balances.set(key, balance);
    }
    addPart(balance.delta, part);
    balance.revision = revision;
  }
};

const foldStanding = (changes: FoldChanges, at: At, event: StockEvent): void => {
  switch (event.type) {
    case 'StockReserved':
    case 'ReservationReleased':
    case 'ReservationExtended':
      addHeld(changes, at, event.data.channel, event.data.parts);
      return setHold(changes, at, event.data.reservation, event.data.channel, event.data.held);
    case 'CommitmentChanged': {
      const { consumed, order, line } = event.data;
      if (consumed) setHold(changes, at, consumed.reservation, order.channel, consumed.held);
      addHeld(changes, at, order.channel, event.data.parts);
      return setOwed(changes, at, event.data.parts, order, line);
    }
    case 'CommitmentMoved':
    case 'CommitmentAcknowledged':
    case 'StockIssued':
    case 'StockReturned':
      return setOwed(changes, at, event.data.parts, event.data.order, event.data.line);
    case 'TransferDispatched':
      return addTransit(changes, at, event.data.parts, event.data.to);
    case 'TransferReceived':
    case 'TransferClosed':
      return addTransit(changes, at, event.data.parts, '');
    case 'StockReceived':
    case 'StockAdjusted':
    case 'StockCounted':
    case 'StockObserved':
    case 'CountRevised':
    case 'StockMovedBetweenBuckets':
    case 'StockAssembled':
    case 'IncomingExpected':
    case 'IncomingRevised':
    case 'IncomingCancelled':
    case 'BackorderPromised':
    case 'BackorderFilled':
    case 'BackorderMoved':
    case 'BackorderDropped':
    case 'QuotaSet':
    case 'QuotaFilled':
    case 'QuotaReturned':
    case 'WitnessRecorded':
    case 'RequestNoted':
      return;
    default:
      return event satisfies never;
  }
};

/** Units on their way: the account names the transfer. A receipt may be reported before its dispatch. */
const addTransit = (changes: FoldChanges, { sku }: At, parts: readonly Part[], destination: string): void => {
  for (const { from, to, quantity } of parts) {
    const isOut = to.startsWith(transitPrefix);
    if (!isOut && !from.startsWith(transitPrefix)) continue;
    const transfer = (isOut ? to : from).slice(transitPrefix.length);
    const key = keyOf(sku, transfer);
    const change = changes.transit.get(key) ?? { sku, transfer, destination, delta: 0 };
    change.delta += isOut ? quantity : -quantity;
    if (destination !== '') change.destination = destination;
    changes.transit.set(key, change);
  }
};
const transitPrefix = 'transit:';

const setHold = (changes: FoldChanges, at: At, reservation: string, channel: string, held: Held | undefined): void => {
  const left = held === undefined || held.quantity === 0 ? undefined : held;
  changes.holds.set(keyOf(at.sku, reservation), { ...at, reservation, channel, held: left });
};

/** What an event moves into (or out of) `reserved` is its own channel's: nobody touches another channel's holds. */
const addHeld = (changes: FoldChanges, { sku }: At, channel: string, parts: readonly Part[]): void => {
  let delta = 0;
  for (const { from, to, quantity } of parts)
    delta += (to === 'reserved' ? quantity : 0) - (from === 'reserved' ? quantity : 0);
  if (delta === 0) return;
  const key = keyOf(sku, channel);
  const change = changes.held.get(key);
  if (change === undefined) changes.held.set(key, { sku, channel, delta });
  else change.delta += delta;
};

/** Nothing for the lines that are owed nothing and never were: nearly all of them. */
const setOwed = (
  changes: FoldChanges,
  at: At,
  parts: readonly Part[],
  order: OrderLine | undefined,
  standing: LineStanding | undefined,
): void => {
  if (order === undefined || standing === undefined) return;
  const { channel, orderKey, line } = order;
  const unsourced = unsourcedOf(channel);
  const quantity = owedOf(standing, unsourced);
  if (quantity === 0 && !parts.some(({ location }) => location === unsourced)) return;
  const { paid, placedAt } = standing;
  changes.owed.set(keyOf(at.sku, channel, orderKey, line), {
    ...at,
    channel,
    orderKey,
    line,
    quantity,
    paid,
    placedAt,
  });
};

const owedOf = (standing: LineStanding, unsourced: string): number => {
  let owed = 0;
  for (const { location, quantity } of standing.committed) if (location === unsourced) owed += quantity;
  return owed;
};
