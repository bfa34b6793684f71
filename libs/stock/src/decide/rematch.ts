import { isExpected, unpledgedOf, type IncomingSupply } from '#atp';
import { servedLinesMax } from '../bounds.js';
import type { Backordered, BackorderMoved } from '../events.js';
import { withOptional } from '../lines.js';
import type { LineRecord } from '../state/facts.js';
import { backorderedOf, remainingOf } from '../state/incoming.js';
import { supplyOf } from '../state/supply.js';
import { minusPromises, plusPromises } from './backorders.js';
import type { Draft } from './draft.js';
import { openLocationsOf } from './line-work.js';

type Waiting = { readonly key: string; readonly promise: Backordered };

/** Promises out of one line, the last to be served first: they are the first that a cut leaves without units. */
const waitingFor = (draft: Draft, incomingLine: string): readonly Waiting[] => {
  const waiting: Waiting[] = [];
  for (const [rank, key] of draft.state().promises.entries()) {
    if (!rank.endsWith(`|${key}|${incomingLine}`)) continue;
    const record = draft.state().lines.get(key);
    const date = rank.slice(0, rank.indexOf('|'));
    const promise =
      record && backorderedOf(record.line).find((one) => one.date === date && one.incomingLine === incomingLine);
    if (promise) waiting.push({ key, promise });
  }
  return waiting.reverse();
};

/** What the line will bring by a date, to those who were promised it. */
const broughtBy = (draft: Draft, incomingLine: string, date: string): number => {
  const line = draft.state().incoming.get(incomingLine);
  const { told } = line ?? {};
  if (line === undefined || told === undefined || !told.confirmed || told.eta === undefined || told.eta > date)
    return 0;
  return remainingOf(line);
};

/** Where else the units could come from in time: an expected line with units that nobody has been promised. */
const alternatives = (
  draft: Draft,
  { order }: LineRecord,
  { incomingLine, date }: Backordered,
): readonly IncomingSupply[] => {
  const open = openLocationsOf(draft, order.channel);
  return (supplyOf(draft.state(), draft.now).incoming ?? [])
    .filter(
      (supply) =>
        supply.line !== incomingLine &&
        open.includes(supply.location) &&
        isExpected(supply, draft.now) &&
        supply.eta <= date &&
        unpledgedOf(supply) > 0,
    )
    .toSorted((a, b) => ((a.eta ?? '') < (b.eta ?? '') ? -1 : 1));
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

/** Up to `quantity` units of a promise wait for other lines; what none of them brings stays where it is, at risk. */
const moveElsewhere = (draft: Draft, { key, promise }: Waiting, quantity: number): void => {
  const record = draft.state().lines.get(key);
  let open = quantity;
  for (const supply of record ? alternatives(draft, record, promise) : []) {
    const current = draft.state().lines.get(key);
    const units = Math.min(open, unpledgedOf(supply));
    if (current && units > 0) draft.emit(moved(draft, current, { ...promise, quantity: units }, supply.line));
    open -= units;
  }
};

const rematchLine = (draft: Draft, incomingLine: string): void => {
  const waiting = waitingFor(draft, incomingLine);
  const promised = waiting.reduce((sum, { promise }) => sum + promise.quantity, 0);
  let before = promised;
  for (const one of waiting.slice(0, servedLinesMax)) {
    const { quantity, date } = one.promise;
    before -= quantity;
    const covered = Math.max(0, Math.min(quantity, broughtBy(draft, incomingLine, date) - before));
    if (covered < quantity) moveElsewhere(draft, one, quantity - covered);
  }
};

/** A line that slipped, was cut or cancelled: what was promised out of it waits for others that come in time, if any do. */
export const rematchPromises = (draft: Draft): void => {
  if (draft.before.promises.size === 0) return;
  for (const event of [...draft.events]) {
    if (event.type === 'IncomingRevised') rematchLine(draft, event.data.incoming.line);
    if (event.type === 'IncomingCancelled') rematchLine(draft, event.data.incomingLine);
  }
};
