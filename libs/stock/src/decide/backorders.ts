import type { EligibleIncoming } from '#atp';
import type { StockEvent } from '../events.js';
import type { Backordered, Committed, LineStanding, OrderLine } from '../standing.js';
import { givenUp } from '../lines.js';
import { nowhere, sumOf } from '../places.js';
import { backorderedOf } from '../state/incoming.js';
import type { Draft } from './draft.js';

type Promises = readonly Backordered[];

const isSame = (a: Backordered, b: Backordered): boolean => a.incomingLine === b.incomingLine && a.date === b.date;

/** The promises with more of one; of one line for one date there is one. */
const plus = (promises: Promises, more: Backordered): Promises => {
  const index = promises.findIndex((one) => isSame(one, more));
  const found = promises[index];
  if (!found) return more.quantity > 0 ? [...promises, more] : promises;
  const quantity = found.quantity + more.quantity;
  return quantity === 0 ? promises.toSpliced(index, 1) : promises.with(index, { ...found, quantity });
};
export const plusPromises = (promises: Promises, more: Promises): Promises => more.reduce(plus, promises);
export const minusPromises = (promises: Promises, fewer: Promises): Promises =>
  fewer.reduce(
    (all, { incomingLine, quantity, date }) => plus(all, { incomingLine, quantity: -quantity, date }),
    promises,
  );

/** Up to `quantity` units out of what may be promised, the earliest first. */
export const promisedFrom = (eligible: readonly EligibleIncoming[], quantity: number): Promises => {
  const taken: Backordered[] = [];
  let open = quantity;
  for (const { line, units, availableAt } of eligible) {
    const more = Math.min(open, units);
    if (more > 0) taken.push({ incomingLine: line, quantity: more, date: availableAt });
    open -= more;
  }
  return taken;
};

/** The first `quantity` units of these promises. */
export const firstPromises = (promises: Promises, quantity: number): Promises => {
  const taken: Backordered[] = [];
  let open = quantity;
  for (const promise of promises) {
    const units = Math.min(open, promise.quantity);
    if (units > 0) taken.push({ ...promise, quantity: units });
    open -= units;
  }
  return taken;
};

const latestFirst = (promises: Promises): Promises =>
  promises.toSorted((a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : 0));

export type GivenUp = { readonly given: readonly Committed[]; readonly dropped: Promises };

/** What a line gives up that gives up no units. */
export const nothingGiven: GivenUp = { given: nowhere, dropped: [] };

/** Units that a line gives up: those that no place covers, then promises, the latest first, then what it has at a place. */
export const giveUpUnits = (locations: readonly string[], line: LineStanding, quantity: number): GivenUp => {
  if (quantity === 0) return nothingGiven;
  const promises = backorderedOf(line);
  if (promises.length === 0) return { given: givenUp(locations, line, quantity), dropped: promises };
  const unsourced = sumOf(line.committed.filter(({ location }) => location.startsWith('unsourced:')));
  const dropped = firstPromises(latestFirst(promises), quantity - Math.min(quantity, unsourced));
  return { given: givenUp(locations, line, quantity - sumOf(dropped)), dropped };
};

const eventOf = (
  type: 'BackorderPromised' | 'BackorderDropped',
  { order, line, occurredAt }: Told,
  { incomingLine, quantity, date }: Backordered,
): StockEvent => ({ type, data: { parts: [], order, line, incomingLine, quantity, date }, occurredAt });

type Told = { readonly order: OrderLine; readonly line: LineStanding; readonly occurredAt: string };

/** Says what an order line has been promised and what of it was dropped, promise by promise; the line stands so already. */
export const tellPromises = (draft: Draft, before: LineStanding, told: Told): void => {
  const was = backorderedOf(before);
  const is = backorderedOf(told.line);
  if (was === is) return;
  for (const one of minusPromises(
    was,
    is.filter((other) => was.some((before_) => isSame(before_, other))),
  ))
    if (one.quantity > 0) draft.emit(eventOf('BackorderDropped', told, one));
  for (const one of is) {
    const more = one.quantity - (was.find((other) => isSame(other, one))?.quantity ?? 0);
    if (more > 0) draft.emit(eventOf('BackorderPromised', told, { ...one, quantity: more }));
  }
};
