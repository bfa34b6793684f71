import type { RecordedEvent } from '#event-sourcing';
import { partsOf } from './parts.js';

/**
 * Units that are to come, from what was told of them, what has arrived and what was promised of them, event by event. What
 * stands promised is added up a second time, from the open holds and order lines alone.
 */

/** Units of a hold or an order line that wait for a line of a purchase order. */
export type AuditedPromise = { incomingLine: string; quantity: number; date: string };
export type AuditedIncoming = {
  location: string;
  quantity: number;
  eta?: string;
  confirmed: boolean;
  confidence: number;
};
/** Lines of purchase orders by their keys. */
export type IncomingBooks = {
  readonly told: Map<string, AuditedIncoming>;
  /** Units that receipts have brought. */
  readonly arrived: Map<string, number>;
  /** Units promised, by the changes that the events name. */
  readonly pledged: Map<string, number>;
};

export const openIncomingBooks = (): IncomingBooks => ({ told: new Map(), arrived: new Map(), pledged: new Map() });

type Waiting = { readonly incoming?: readonly AuditedPromise[]; readonly expiresAt: string };
export type Waiters = {
  readonly incoming: IncomingBooks;
  readonly holds: ReadonlyMap<string, Waiting>;
  readonly lines: ReadonlyMap<string, { readonly backordered?: readonly AuditedPromise[] }>;
};

type Named = {
  incoming?: AuditedIncoming & { line: string };
  incomingLine?: string;
  pledges?: { incomingLine: string; quantity: number }[];
};

const add = (sums: Map<string, number>, line: string, quantity: number): void =>
  void sums.set(line, (sums.get(line) ?? 0) + quantity);

/** Enters what an event says of units that are to come. */
export const enterIncoming = ({ told, arrived, pledged }: IncomingBooks, event: RecordedEvent): void => {
  const { incoming, incomingLine, pledges = [] } = event.data as Named;
  for (const { incomingLine: line, quantity } of pledges) add(pledged, line, quantity);
  if (incoming !== undefined) told.set(incoming.line, incoming);
  if (incomingLine === undefined) return;
  if (event.type === 'IncomingCancelled') told.delete(incomingLine);
  if (event.type !== 'StockReceived') return;
  for (const { from, to, quantity } of partsOf(event))
    add(arrived, incomingLine, (from === 'supplier' ? quantity : 0) - (to === 'supplier' ? quantity : 0));
};

/** Units that carts and order lines wait for; of carts only those whose time is not over at `now`. */
const promisedBy = ({ holds, lines }: Waiters, now?: string): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { incoming = [], expiresAt } of holds.values())
    if (now === undefined || expiresAt > now)
      for (const { incomingLine, quantity } of incoming) add(sums, incomingLine, quantity);
  for (const { backordered = [] } of lines.values())
    for (const { incomingLine, quantity } of backordered) add(sums, incomingLine, quantity);
  return sums;
};

/** Units of a line that can be counted on and that nobody waits for. */
const unpromisedOf = (line: string, { told, arrived }: IncomingBooks, promised: Map<string, number>): number => {
  const { quantity, confidence } = told.get(line) ?? { quantity: 0, confidence: 0 };
  const remaining = Math.max(0, quantity - (arrived.get(line) ?? 0));
  return Math.floor((remaining * confidence) / 10_000) - (promised.get(line) ?? 0);
};

const dayMillis = 86_400_000;
/** On time until the day is over, in UTC. */
const isDue = ({ confirmed, eta }: AuditedIncoming, now: string): boolean =>
  confirmed && eta !== undefined && now.slice(0, 10) <= eta.slice(0, 10);
const isWithin = ({ eta = '' }: AuditedIncoming, now: string, horizonDays: number): boolean =>
  Date.parse(eta) - Date.parse(now) <= horizonDays * dayMillis;

/** Units that somebody who sells from these places may promise before they have come. */
export const auditedIncoming = (
  waiters: Waiters,
  places: readonly string[],
  now: string,
  horizonDays: number | undefined,
): number => {
  if (horizonDays === undefined) return 0;
  const promised = promisedBy(waiters, now);
  let units = 0;
  for (const [line, told] of waiters.incoming.told)
    if (places.includes(told.location) && isDue(told, now) && isWithin(told, now, horizonDays))
      units += Math.max(0, unpromisedOf(line, waiters.incoming, promised));
  return units;
};

/** Whoever is promised something new waits for units that are to come, are due, and that nobody else was promised. */
const auditNewPromises = (event: RecordedEvent, waiters: Waiters): readonly string[] => {
  const { pledges = [] } = event.data as Named;
  const now = event.metadata.recordedAt;
  const promised = promisedBy(waiters, now);
  return pledges
    .filter(({ quantity }) => quantity > 0)
    .flatMap(({ incomingLine }) => {
      const told = waiters.incoming.told.get(incomingLine);
      const left = unpromisedOf(incomingLine, waiters.incoming, promised);
      return [
        ...(told !== undefined && isDue(told, now) ? [] : [`promises units of ${incomingLine}, which is not due`]),
        ...(left < 0 ? [`promises ${-left} units of ${incomingLine} twice`] : []),
      ];
    });
};

const auditPledged = (waiters: Waiters): readonly string[] => {
  const promised = promisedBy(waiters);
  const { pledged } = waiters.incoming;
  return [...new Set([...promised.keys(), ...pledged.keys()])].flatMap((line) => {
    const [is, should] = [pledged.get(line) ?? 0, promised.get(line) ?? 0];
    return is === should ? [] : [`${is} units of ${line} are pledged, ${should} promised`];
  });
};

/** What is wrong with the promises after an event. */
export const auditPromises = (event: RecordedEvent, waiters: Waiters): readonly string[] => [
  ...auditPledged(waiters),
  ...auditNewPromises(event, waiters),
];
