import type { Asked, Instant, Known } from '#event-sourcing';
import type { StockCommand } from '../commands.js';
import type { StockEvent } from '../events.js';
import { evolve } from '../evolve.js';
import type { StockPolicy } from '../policy.js';
import type { FactRecord } from '../state/facts.js';
import type { StockState } from '../state/state.js';

export type AskedOfStock = Asked<StockCommand, StockPolicy, Known<FactRecord>>;

/** A decision in the making: what it rests on, the events so far and the state after them. Lives for one `decide`. */
export type Draft = {
  readonly now: Instant;
  readonly policy: StockPolicy;
  readonly known: Known<FactRecord>;
  readonly before: StockState;
  readonly state: () => StockState;
  readonly events: readonly StockEvent[];
  readonly emit: (event: StockEvent) => void;
};

export const openDraft = ({ now, policy, known }: AskedOfStock, before: StockState): Draft => {
  const events: StockEvent[] = [];
  let state = before;
  let evolved = 0;
  return {
    now,
    policy,
    known,
    before,
    events,
    emit: (event) => void events.push(event),
    // Most decisions emit one event and never look at what it leaves: evolving only then is a third of their time.
    state: () => {
      for (; evolved < events.length; evolved += 1) state = evolve(state, events[evolved] as StockEvent);
      return state;
    },
  };
};
