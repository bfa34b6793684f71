import { isExpected, isPreorderLine, unpledgedOf } from '#atp';
import { promisesMovedMax } from '../bounds.js';
import type { BackorderMoved } from '../events.js';
import type { Backordered } from '../standing.js';
import { withOptional } from '../lines.js';
import type { LineRecord } from '../state/facts.js';
import { backorderedOf, remainingOf } from '../state/incoming.js';
import { promisesOn } from '../state/lines.js';
import { supplyOf } from '../state/supply.js';
import { minusPromises, plusPromises } from './backorders.js';
import type { Draft } from './draft.js';
import { openLocationsOf } from './line-work.js';
import { promiseIn } from './serve-promises.js';

type Waiting = { readonly key: string; readonly promise: Backordered };

/** Units of an expected line that nobody has been promised; moving promises takes of them. */
type Spare = { readonly line: string; readonly location: string; readonly eta: string; units: number };

const sparesOf = (draft: Draft): readonly Spare[] =>
  (supplyOf(draft.state(), draft.now).incoming ?? [])
    .flatMap((supply) => {
      if (!isExpected(supply, draft.now)) return [];
      const { line, location, eta } = supply;
      return [{ line, location, eta, units: unpledgedOf(supply) }];
    })
    .filter(({ units }) => units > 0)
    .sort((a, b) => (a.eta < b.eta ? -1 : 1));

/** What a line will bring by a date, as far as anybody knows. */
const broughtBy = (draft: Draft, incomingLine: string, date: string): number => {
  const line = draft.state().incoming.get(incomingLine);
  const { told } = line ?? {};
  if (line === undefined || told === undefined || !told.confirmed || told.eta === undefined || told.eta > date)
    return 0;
  return remainingOf(line);
};

/** The first promise has the earliest date: where that is met and there are units for all, nothing is at risk. */
const mayBeAtRisk = (draft: Draft, incomingLine: string, pledged: number): boolean => {
  const [first] = promisesOn(draft.state(), incomingLine);
  return first !== undefined && broughtBy(draft, incomingLine, first[0]) < pledged;
};

/** Promises that their line will not bring in time, and by how many units, in the order in which they are served. */
const losersOn = (draft: Draft, incomingLine: string): readonly Waiting[] => {
  const losers: Waiting[] = [];
  let before = 0;
  for (const [date, key] of promisesOn(draft.state(), incomingLine)) {
    const record = draft.state().lines.get(key);
    const promise = record && promiseIn(record, { incomingLine, date });
    if (!promise) continue;
    const covered = Math.max(0, Math.min(promise.quantity, broughtBy(draft, incomingLine, date) - before));
    before += promise.quantity;
    if (covered < promise.quantity) losers.push({ key, promise: { ...promise, quantity: promise.quantity - covered } });
    if (losers.length === promisesMovedMax) break;
  }
  return losers;
};

const moved = (draft: Draft, { order, line }: LineRecord, promise: Backordered, to: string): BackorderMoved => {
  const { incomingLine: from, quantity, date } = promise;
  const left = minusPromises(backorderedOf(line), [promise]);
  const backordered = plusPromises(left, [{ incomingLine: to, quantity, date }]);
  return {
    type: 'BackorderMoved',
    data: { parts: [], order, line: withOptional(line, { backordered }), quantity, from, to, date },
    occurredAt: draft.now,
  };
};

/** Units of a promise wait for other lines that come in time; what none of them brings stays where it is, at risk. */
const moveElsewhere = (draft: Draft, { key, promise }: Waiting, spares: readonly Spare[]): void => {
  const channel = draft.state().lines.get(key)?.order.channel ?? '';
  const open = openLocationsOf(draft, channel);
  let left = promise.quantity;
  for (const spare of spares) {
    const record = draft.state().lines.get(key);
    const fits = spare.line !== promise.incomingLine && spare.eta <= promise.date && open.includes(spare.location);
    const quantity = fits ? Math.min(left, spare.units) : 0;
    if (!record || quantity === 0) continue;
    draft.emit(moved(draft, record, { ...promise, quantity }, spare.line));
    spare.units -= quantity;
    left -= quantity;
  }
};

const causes = ['IncomingExpected', 'IncomingRevised', 'IncomingCancelled', 'BackorderFilled', 'BackorderPromised'];

/** What is to come is another, or a promise was filled with units of another line than its own. */
const mayChange = ({ before, events }: Draft): boolean =>
  (before.promises.size > 0 && events.some(({ type, data }) => causes.includes(type) || 'arrived' in data)) ||
  events.some(({ type }) => type === 'BackorderPromised');

/**
 * Promises whose line has slipped, was cut, was cancelled or has brought its units to others wait for lines that come in
 * time, if there are any with units to spare: those that are served first choose first.
 */
export const rematchPromises = (draft: Draft): void => {
  if (!mayChange(draft)) return;
  const atRisk = [...draft.state().pledged.entries()]
    .filter(([line, pledged]) => !isPreorderLine(line) && mayBeAtRisk(draft, line, pledged))
    .flatMap(([line]) => losersOn(draft, line));
  if (atRisk.length === 0) return;
  const spares = sparesOf(draft);
  for (const one of spares.length === 0 ? [] : atRisk.slice(0, promisesMovedMax)) moveElsewhere(draft, one, spares);
};
