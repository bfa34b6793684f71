import type { PersistentMap } from '#event-sourcing';
import { isPreorderLine, type IncomingSupply, type Supply } from '#atp';
import type { StockEvent } from '../events.js';
import type { IncomingLine, LineStanding, Pledge } from '../standing.js';

/** A line of a purchase order: what was told of it (nothing yet: a receipt came first), and what has arrived on it. */
export type Incoming = { readonly told?: IncomingLine; readonly received: number };

/**
 * Lines by their key, and the units promised out of each to order lines and carts. What has arrived on a line is remembered
 * for ever, as it may be told anew; decisions look at `openIncoming` alone, the lines with units that are still to come.
 */
export type Incomings = {
  readonly incoming: PersistentMap<Incoming>;
  readonly openIncoming: PersistentMap<Incoming>;
  readonly pledged: PersistentMap<number>;
};

/** Units that are still to come. */
export const remainingOf = ({ told, received }: Incoming): number => Math.max(0, (told?.quantity ?? 0) - received);

/** Those of these lines that have units to come. */
export const openOf = (
  lines: readonly (readonly [line: string, standing: Incoming])[],
): readonly (readonly [line: string, standing: Incoming])[] =>
  lines.filter(([, standing]) => remainingOf(standing) > 0);

const withStanding = <State extends Incomings>(state: State, line: string, standing: Incoming): State => ({
  ...state,
  incoming: state.incoming.with(line, standing),
  openIncoming: remainingOf(standing) > 0 ? state.openIncoming.with(line, standing) : state.openIncoming.without(line),
});

type Change = { readonly line: string; readonly change: (was: Incoming) => Incoming };

const arriving = ({ incomingLine: line, quantity }: Pledge): Change => ({
  line,
  change: (was) => ({ ...was, received: was.received + quantity }),
});

/** What an event changes of lines: the terms told anew, and units that have arrived (pre-orders: that have a place). */
const changesOf = (event: StockEvent): readonly Change[] => {
  if (event.type === 'IncomingExpected' || event.type === 'IncomingRevised') {
    const told = event.data.incoming;
    return [{ line: told.line, change: (was) => ({ ...was, told }) }];
  }
  if (event.type === 'IncomingCancelled')
    return [{ line: event.data.incomingLine, change: ({ received }) => ({ received }) }];
  const arrived = arrivedOn(event);
  return arrived.length === 0 ? nobody : arrived.map(arriving);
};

/** Units that an event says have arrived on lines (below 0: that had not, as a correction says). */
export const arrivedOn = (event: StockEvent): readonly Pledge[] => {
  if (event.type === 'BackorderFilled') return isPreorderLine(event.data.incomingLine) ? [event.data] : nobody;
  return event.type === 'StockReceived' ? (event.data.arrived ?? nobody) : nobody;
};
const nobody: readonly never[] = [];

const withPledges = (pledged: Incomings['pledged'], pledges: readonly Pledge[]): Incomings['pledged'] =>
  pledges.reduce((all, { incomingLine, quantity }) => {
    const sum = (all.get(incomingLine) ?? 0) + quantity;
    return sum === 0 ? all.without(incomingLine) : all.with(incomingLine, sum);
  }, pledged);

/** The state after what an event says of units that are to come. */
export const withIncomings = <State extends Incomings>(before: State, event: StockEvent): State => {
  const { pledges } = event.data;
  let state = pledges ? { ...before, pledged: withPledges(before.pledged, pledges) } : before;
  for (const { line, change } of changesOf(event))
    state = withStanding(state, line, change(state.incoming.get(line) ?? { received: 0 }));
  return state;
};

/** What a line or a hold has been promised, out of which line. */
type Promised = readonly Pledge[] | undefined;

/** By how much a promise changes, line by line. */
export const pledgesBetween = (before: Promised = nobody, after: Promised = nobody): readonly Pledge[] => {
  if (before.length + after.length === 0) return nobody;
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

/** What availability starts from. `lapsed`: units promised to carts whose time is over although no event has said so yet. */
export const incomingSupplyOf = (
  state: Incomings,
  lapsed: ReadonlyMap<string, number>,
): Pick<Supply, 'incoming' | 'preordered'> => {
  if (state.incoming.size === 0 && state.pledged.size === 0) return nothing;
  const pledgedOn = (line: string): number => (state.pledged.get(line) ?? 0) - (lapsed.get(line) ?? 0);
  const incoming: IncomingSupply[] = [];
  for (const line of state.openIncoming.values()) {
    if (line.told === undefined) continue;
    const quantity = remainingOf(line);
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
  backordered ?? nobody;
