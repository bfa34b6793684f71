import { type OrderLine, type OrderSlip, type OrderView, type HistoryRow } from '../src/index.js';

/**
 * A shop with one simple order in it, written act by act as the shop does it, not reading by reading: what the model says
 * of two readings is held against what such acts have really moved. Every line has a product of its own number.
 */
export type Act =
  | { readonly kind: 'state'; readonly to: number }
  /** Two requests at the same moment, both from the state before. */
  | { readonly kind: 'race'; readonly to: readonly [number, number] }
  | { readonly kind: 'edit' | 'patch'; readonly line: number; readonly quantity: number }
  | { readonly kind: 'refund'; readonly line: number; readonly units: number }
  | { readonly kind: 'remove'; readonly line: number }
  | { readonly kind: 'add'; readonly quantity: number };

export type SimulatedOrder = {
  readonly family: '8' | '9';
  readonly clockSeconds: number;
  readonly view: OrderView;
  /** Units that the shop has put back to the row of each line, by line id; negative: taken. */
  readonly moved: ReadonlyMap<number, number>;
};

const logable = [2, 3, 4, 5, 11];
const holdsNothing = (state: number): boolean => state === 6 || state === 8;

/** The table that was measured, per unit of a line. */
const returned = (family: '8' | '9', from: number, to: number): number => {
  if (!holdsNothing(from) && holdsNothing(to)) return 1;
  if (holdsNothing(from) && !holdsNothing(to)) return family === '9' || logable.includes(to) ? -1 : 0;
  return 0;
};

const secondsBetweenActs = 5;

const moving = (order: SimulatedOrder, line: number, units: number): SimulatedOrder => ({
  ...order,
  moved: new Map(order.moved).set(line, (order.moved.get(line) ?? 0) + units),
});

const showing = (order: SimulatedOrder, view: Partial<OrderView>): SimulatedOrder => ({
  ...order,
  view: { ...order.view, ...view },
});

const withState = (order: SimulatedOrder, from: number, to: number): SimulatedOrder => {
  const row: HistoryRow = { id: order.view.history.length + 1, stateId: to, addedAtSeconds: order.clockSeconds };
  const moved = order.view.lines.reduce(
    (so, line) => moving(so, line.id, line.quantity * returned(so.family, from, to)),
    order,
  );
  return showing(moved, { stateId: to, history: [...order.view.history, row] });
};

const withLine = (order: SimulatedOrder, id: number, change: Partial<OrderLine>): SimulatedOrder =>
  showing(order, { lines: order.view.lines.map((line) => (line.id === id ? { ...line, ...change } : line)) });

const lineIn = (order: SimulatedOrder, id: number): OrderLine | undefined =>
  order.view.lines.find((line) => line.id === id);

const refunded = (order: SimulatedOrder, line: OrderLine, units: number): SimulatedOrder => {
  const slip: OrderSlip = { id: order.view.slips.length + 1, items: [{ lineId: line.id, quantity: units }] };
  const slipped = showing(order, { slips: [...order.view.slips, slip] });
  return moving(withLine(slipped, line.id, { reinjected: line.reinjected + units }), line.id, units);
};

const added = (order: SimulatedOrder, quantity: number): SimulatedOrder => {
  const id = order.moved.size + 1;
  const line = { id, productId: id, attributeId: 0, quantity, reinjected: 0 };
  const taken = holdsNothing(order.view.stateId) ? 0 : quantity;
  return moving(showing(order, { lines: [...order.view.lines, line] }), id, -taken);
};

const onLine = (order: SimulatedOrder, act: Exclude<Act, { kind: 'state' | 'race' | 'add' }>): SimulatedOrder => {
  const line = lineIn(order, act.line);
  if (line === undefined) return order;
  switch (act.kind) {
    case 'edit':
      return moving(withLine(order, line.id, { quantity: act.quantity }), line.id, line.quantity - act.quantity);
    case 'patch':
      return withLine(order, line.id, { quantity: act.quantity });
    case 'refund':
      return refunded(order, line, act.units);
    case 'remove':
      return moving(
        showing(order, { lines: order.view.lines.filter(({ id }) => id !== line.id) }),
        line.id,
        line.quantity,
      );
  }
};

/** The order after one more act, some seconds later. */
export const acted = (before: SimulatedOrder, act: Act): SimulatedOrder => {
  const order = { ...before, clockSeconds: before.clockSeconds + secondsBetweenActs };
  const from = order.view.stateId;
  switch (act.kind) {
    case 'state':
      return withState(order, from, act.to);
    case 'race':
      return act.to.reduce((so, to) => withState(so, from, to), order);
    case 'add':
      return added(order, act.quantity);
    case 'edit':
    case 'patch':
    case 'refund':
    case 'remove':
      return onLine(order, act);
  }
};

/** A new order in a state, with a line for each quantity. */
export const madeOrder = (family: '8' | '9', state: number, quantities: readonly number[]): SimulatedOrder => {
  const empty: SimulatedOrder = {
    family,
    clockSeconds: 0,
    view: {
      shopId: 1,
      stateId: state,
      history: [{ id: 1, stateId: state, addedAtSeconds: 0 }],
      lines: [],
      slips: [],
    },
    moved: new Map(),
  };
  return quantities.reduce(added, empty);
};
