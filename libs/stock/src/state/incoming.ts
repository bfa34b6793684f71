import { emptyMap, type PersistentMap } from '#event-sourcing';
import { isPreorderLine, type IncomingSupply, type Supply } from '#atp';
import { settledLinesMax } from '../bounds.js';
import type { Held, IncomingLine, LineStanding, Pledge, StockEvent, StockReceived } from '../events.js';

/** A line of a purchase order: what was told of it (nothing yet: a receipt came first), and what has arrived on it. */
export type Incoming = { readonly told?: IncomingLine; readonly received: number };

/** Lines by their key, and the units promised out of each to order lines and carts. */
export type Incomings = { readonly incoming: PersistentMap<Incoming>; readonly pledged: PersistentMap<number> };

export const noIncomings: Incomings = { incoming: emptyMap(), pledged: emptyMap() };

/** Units that are still to come. */
export const remainingOf = ({ told, received }: Incoming): number => Math.max(0, (told?.quantity ?? 0) - received);

/** Units that have come from the supplier (below 0: that had not, as a correction says). */
export const receivedOn = ({ data: { parts } }: StockReceived): number => {
  let received = 0;
  for (const { from, to, quantity } of parts)
    received += (from === 'supplier' ? quantity : 0) - (to === 'supplier' ? quantity : 0);
  return received;
};

/** What of a line an event changes: the terms told anew, and units that have arrived. */
const changeOf = (
  event: StockEvent,
): { readonly line: string; readonly change: (was: Incoming) => Incoming } | undefined => {
  if (event.type === 'IncomingExpected' || event.type === 'IncomingRevised') {
    const told = event.data.incoming;
    return { line: told.line, change: (was) => ({ ...was, told }) };
  }
  if (event.type === 'IncomingCancelled')
    return { line: event.data.incomingLine, change: ({ received }) => ({ received }) };
  if (event.type === 'BackorderFilled' && isPreorderLine(event.data.incomingLine)) {
    const { incomingLine: line, quantity } = event.data;
    return { line, change: (was) => ({ ...was, received: was.received + quantity }) };
  }
  if (event.type !== 'StockReceived' || event.data.incomingLine === undefined) return undefined;
  const more = receivedOn(event);
  if (more === 0) return undefined;
  return { line: event.data.incomingLine, change: (was) => ({ ...was, received: was.received + more }) };
};

/** Forgets one of the lines that nothing is expected of: their number is bounded. */
const pruned = (incoming: Incomings['incoming']): Incomings['incoming'] => {
  if (incoming.size <= settledLinesMax) return incoming;
  const settled = [...incoming.entries()].filter(([key, line]) => remainingOf(line) === 0 && !isPreorderLine(key));
  if (settled.length <= settledLinesMax) return incoming;
  const orderedAt = ([, { told }]: (typeof settled)[number]): string => told?.orderedAt ?? '';
  const [oldest] = settled.toSorted((a, b) => (orderedAt(a) < orderedAt(b) ? -1 : 1));
  return oldest ? incoming.without(oldest[0]) : incoming;
};

const withPledges = (pledged: Incomings['pledged'], pledges: readonly Pledge[]): Incomings['pledged'] =>
  pledges.reduce((all, { incomingLine, quantity }) => {
    const sum = (all.get(incomingLine) ?? 0) + quantity;
    return sum === 0 ? all.without(incomingLine) : all.with(incomingLine, sum);
  }, pledged);

/** The state after what an event says of units that are to come. */
export const withIncomings = <State extends Incomings>(before: State, event: StockEvent): State => {
  const { pledges } = event.data;
  const state = pledges ? { ...before, pledged: withPledges(before.pledged, pledges) } : before;
  const changed = changeOf(event);
  if (!changed) return state;
  const { line, change } = changed;
  const incoming = pruned(state.incoming.with(line, change(state.incoming.get(line) ?? { received: 0 })));
  return { ...state, incoming };
};

/** What a line or a hold has been promised, out of which line. */
type Promised = readonly Pledge[] | undefined;

/** By how much a promise changes, line by line. */
export const pledgesBetween = (before: Promised = [], after: Promised = []): readonly Pledge[] => {
  const sums = new Map<string, number>();
  const add = (pledges: readonly Pledge[], sign: 1 | -1): void => {
    for (const { incomingLine, quantity } of pledges)
      sums.set(incomingLine, (sums.get(incomingLine) ?? 0) + sign * quantity);
  };
  add(before, -1);
  add(after, 1);
  return [...sums]
    .filter(([, quantity]) => quantity !== 0)
    .map(([incomingLine, quantity]) => ({ incomingLine, quantity }));
};

const lapsedIn = (expired: Iterable<Held>): ReadonlyMap<string, number> => {
  const lapsed = new Map<string, number>();
  for (const { incoming = [] } of expired)
    for (const { incomingLine, quantity } of incoming)
      lapsed.set(incomingLine, (lapsed.get(incomingLine) ?? 0) + quantity);
  return lapsed;
};

/** What availability starts from. `expired`: holds whose promises count for nothing although no event has said so yet. */
export const incomingSupplyOf = (
  state: Incomings,
  expired: Iterable<Held>,
): Pick<Supply, 'incoming' | 'preordered'> => {
  if (state.incoming.size === 0 && state.pledged.size === 0) return nothing;
  const lapsed = lapsedIn(expired);
  const pledgedOn = (line: string): number => (state.pledged.get(line) ?? 0) - (lapsed.get(line) ?? 0);
  const incoming: IncomingSupply[] = [];
  for (const line of state.incoming.values()) {
    const quantity = remainingOf(line);
    if (line.told === undefined || quantity === 0) continue;
    const { line: key, location, eta, confirmed, confidence } = line.told;
    const pledged = pledgedOn(key);
    incoming.push({ line: key, location, quantity, confirmed, confidence, pledged, ...(eta !== undefined && { eta }) });
  }
  const preordered = preorderLinesOf(state).map((line) => {
    const filled = state.incoming.get(line)?.received ?? 0;
    return { line, filled, pledged: pledgedOn(line) };
  });
  return { ...(incoming.length > 0 && { incoming }), ...(preordered.length > 0 && { preordered }) };
};
const nothing: Pick<Supply, 'incoming' | 'preordered'> = {};

const preorderLinesOf = ({ incoming, pledged }: Incomings): readonly string[] => {
  const lines = new Set<string>();
  for (const map of [incoming, pledged])
    for (const line of map.keys('$preorder:')) {
      if (!isPreorderLine(line)) break;
      lines.add(line);
    }
  return [...lines];
};

/** What an order line has been promised. */
export const backorderedOf = ({ backordered }: LineStanding): NonNullable<LineStanding['backordered']> =>
  backordered ?? [];
