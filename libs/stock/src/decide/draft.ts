import type { Asked, Instant, Known } from '#event-sourcing';
import type { StockCommand } from '../commands.js';
import type { StockEvent } from '../events.js';
import type { LineStanding, Pledge } from '../standing.js';
import { evolve } from '../evolve.js';
import type { StockPolicy } from '../policy.js';
import type { FactRecord } from '../state/facts.js';
import { lineKeyOf } from '../keys.js';
import { pledgesBetween } from '../state/incoming.js';
import { quotasAfter } from '../state/quotas.js';
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
  /** An order line as the events so far leave it; undefined where they say nothing of it. */
  readonly lineInEvents: (key: string) => LineStanding | undefined;
  /** Another one from the same state. */
  readonly afresh: () => Draft;
};

export const openDraft = (asked: AskedOfStock, before: StockState): Draft => {
  const { now, policy, known } = asked;
  const events: StockEvent[] = [];
  let state = before;
  let evolved = 0;
  // Most decisions emit one event and never look at what it leaves: evolving only then is a third of their time.
  const current = (): StockState => {
    for (; evolved < events.length; evolved += 1) state = evolve(state, events[evolved] as StockEvent);
    return state;
  };
  return {
    now,
    policy,
    known,
    before,
    events,
    emit: (event) => void events.push(decorated(event, before, current)),
    state: current,
    lineInEvents: linesOf(events),
    afresh: () => openDraft(asked, before),
  };
};

/** Each event is looked at once: an order may name thousands of lines. */
const linesOf = (events: readonly StockEvent[]): Draft['lineInEvents'] => {
  let lines: Map<string, LineStanding> | undefined;
  let seen = 0;
  return (key) => {
    for (; seen < events.length; seen += 1) {
      const data = events[seen]?.data;
      if (data === undefined || !('line' in data && data.order)) continue;
      lines ??= new Map();
      lines.set(lineKeyOf(data.order), data.line);
    }
    return lines?.get(key);
  };
};

/** The event says how the quotas stand whose units it moves, and what it changes of the promises on incoming units. */
const decorated = (event: StockEvent, before: StockState, current: () => StockState): StockEvent => {
  const ofQuotas = before.quotas.size === 0 ? event : withItsQuotas(event, current());
  return mayPledge(ofQuotas, before) ? withItsPledges(ofQuotas, current()) : ofQuotas;
};

/** Nearly no SKU has anything to do with promises on what is to come: then nothing is looked at. */
const mayPledge = ({ data }: StockEvent, { incoming, pledged }: StockState): boolean =>
  incoming.size > 0 ||
  pledged.size > 0 ||
  ('held' in data && data.held.incoming !== undefined) ||
  ('line' in data && data.line.backordered !== undefined);

const withItsQuotas = <Event extends StockEvent>(event: Event, state: StockState): Event => {
  const quotas = quotasAfter(state, event.data.parts);
  return quotas.length === 0 ? event : { ...event, data: { ...event.data, quotas } };
};

const withItsPledges = <Event extends StockEvent>(event: Event, state: StockState): Event => {
  const pledges = pledgesOf(event, state);
  return pledges.length === 0 ? event : { ...event, data: { ...event.data, pledges } };
};

/** A hold and an order line have been promised what they say after the event, in place of what they said before. */
const pledgesOf = ({ data }: StockEvent, state: StockState): readonly Pledge[] => {
  const held = 'reservation' in data ? data : 'consumed' in data ? data.consumed : undefined;
  const before = held && state.holds.get(held.reservation)?.incoming;
  const line = 'line' in data && 'order' in data ? { key: lineKeyOf(data.order), after: data.line } : undefined;
  return pledgesBetween(
    [...(before ?? []), ...((line && state.lines.get(line.key)?.line.backordered) ?? [])],
    [...(held?.held?.incoming ?? []), ...(line?.after.backordered ?? [])],
  );
};
