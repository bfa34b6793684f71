import { refused, type Decision } from '#event-sourcing';
import { balanceMax } from '../bounds.js';
import type { StockEvent } from '../events.js';
import type { StockRefusal } from '../refusals.js';
import { balancesAt, onHandOf } from '../state/balances.js';
import type { Draft } from './draft.js';
import { reviseCounts } from './revise-counts.js';
import { serveOversold } from './serve-oversold.js';

export type StockDecision = Decision<StockEvent, StockRefusal>;

const isWithin = (draft: Draft, location: string): boolean => {
  const balances = balancesAt(draft.state().balances, location);
  const { sellable, reserved, committed, quarantined, damaged } = balances;
  return [sellable, reserved, committed, quarantined, damaged, onHandOf(balances)].every(
    (balance) => Math.abs(balance) <= balanceMax,
  );
};

const outOfRange = (draft: Draft): StockRefusal | undefined => {
  for (const { data } of draft.events)
    for (const { location, quantity } of data.parts)
      if (!isWithin(draft, location)) return { code: 'quantity_out_of_range', quantity, max: balanceMax };
  return undefined;
};

/** What follows from every decision: counts that knew already, lines that wait for units, balances within range. */
export const conclude = (draft: Draft): StockDecision => {
  reviseCounts(draft);
  serveOversold(draft);
  const refusal = outOfRange(draft);
  return refusal ? refused(refusal) : { kind: 'accepted', events: draft.events };
};
