import { refused, type Decision } from '#event-sourcing';
import { balanceMax } from '../bounds.js';
import type { StockEvent } from '../events.js';
import type { StockRefusal } from '../refusals.js';
import { balancesAt, onHandOf } from '../state/balances.js';
import type { StockState } from '../state/state.js';
import type { Draft } from './draft.js';
import { reviseCounts } from './revise-counts.js';
import { rematchPromises } from './rematch.js';
import { serveOversold } from './serve-oversold.js';
import { servePromises } from './serve-promises.js';
import { fillQuotas, returnQuotas } from './settle-quotas.js';

export type StockDecision = Decision<StockEvent, StockRefusal>;

/** The furthest that a location's balances stand from 0. */
const extentOf = (state: StockState, location: string): number => {
  const balances = balancesAt(state.balances, location);
  const { sellable, reserved, committed, quarantined, damaged } = balances;
  const least = Math.min(sellable, reserved, committed, quarantined, damaged, onHandOf(balances));
  const most = Math.max(sellable, reserved, committed, quarantined, damaged, onHandOf(balances));
  return Math.max(-least, most);
};

/** Looks closely only where the units that moved could have led out of range at all. */
const outOfRange = ({ before, state, events }: Draft): StockRefusal | undefined => {
  let moved = 0;
  for (const { data } of events)
    for (const { location, quantity } of data.parts) {
      moved += quantity;
      if (extentOf(before, location) + moved > balanceMax && extentOf(state(), location) > balanceMax)
        return { code: 'quantity_out_of_range', quantity, max: balanceMax };
    }
  return undefined;
};

/** What follows from every decision: counts that knew already, lines that wait for units, balances within range. */
export const conclude = (draft: Draft): StockDecision => {
  reviseCounts(draft);
  returnQuotas(draft);
  if (serveOversold(draft) && servePromises(draft)) fillQuotas(draft);
  rematchPromises(draft);
  const refusal = outOfRange(draft);
  return refusal ? refused(refusal) : { kind: 'accepted', events: draft.events };
};
