import { type OrderLine, type OrderView } from '../src/index.js';
import { lineOf, orderOf } from './recorded/index.js';

/** An order as the shop has it, with the flag that nobody shows and the units that came back for each of its lines. */
export type SimulatedOrder = {
  readonly view: OrderView;
  readonly isReduced: boolean;
  readonly moved: ReadonlyMap<number, number>;
};

export type Act =
  | { readonly kind: 'status'; readonly to: string }
  /** Two at once, of which each goes by what both have read. */
  | { readonly kind: 'race'; readonly to: readonly [string, string] }
  | { readonly kind: 'edit'; readonly line: number; readonly quantity: number }
  | { readonly kind: 'add'; readonly quantity: number }
  | { readonly kind: 'refund'; readonly line: number; readonly units: number; readonly restock: boolean };

const taking: readonly string[] = ['on-hold', 'processing', 'completed'];
const givingBack: readonly string[] = ['pending', 'cancelled'];

/** Each line has a product of its own. */
const newLine = (id: number, quantity: number): OrderLine => ({
  ...{ ...lineOf(id, quantity), productId: id },
  stock: { row: `${id}-0`, mayBeOwed: false },
});

export const madeOrder = (quantities: readonly number[]): SimulatedOrder => ({
  ...{ isReduced: false, moved: new Map() },
  view: orderOf(
    'pending',
    quantities.map((quantity, index) => newLine(index + 1, quantity)),
  ),
});

const withLine = (order: SimulatedOrder, line: OrderLine, back: number): SimulatedOrder => ({
  ...order,
  view: { ...order.view, lines: order.view.lines.map((one) => (one.id === line.id ? line : one)) },
  moved: new Map(order.moved).set(line.id, (order.moved.get(line.id) ?? 0) + back),
});

const without = ({ reduced: _, ...line }: OrderLine): OrderLine => line;

const taken = (order: SimulatedOrder, lines: readonly OrderLine[]): SimulatedOrder => ({
  ...lines
    .filter(({ reduced = 0 }) => reduced === 0)
    .reduce((now, line) => withLine(now, { ...line, reduced: line.quantity }, -line.quantity), order),
  isReduced: true,
});

const given = (order: SimulatedOrder, lines: readonly OrderLine[]): SimulatedOrder => ({
  ...lines
    .filter(({ reduced = 0 }) => reduced !== 0)
    .reduce((now, line) => withLine(now, without(line), line.reduced ?? 0), order),
  isReduced: false,
});

/** @param read what the change goes by */
const entered = (order: SimulatedOrder, to: string, read: SimulatedOrder): SimulatedOrder => {
  const now = { ...order, view: { ...order.view, status: to } };
  if (taking.includes(to) && !read.isReduced) return taken(now, read.view.lines);
  return givingBack.includes(to) && read.isReduced ? given(now, read.view.lines) : now;
};

const saved = (order: SimulatedOrder, line: OrderLine): SimulatedOrder => {
  const wanted = line.quantity - (line.restocked ?? 0);
  const lacking = wanted - (line.reduced ?? 0);
  if (!taking.includes(order.view.status) || lacking === 0) return withLine(order, line, 0);
  return withLine(order, { ...line, reduced: wanted }, -lacking);
};

const lineAt = ({ view }: SimulatedOrder, id: number): OrderLine | undefined => view.lines.find((one) => one.id === id);

const refunded = (order: SimulatedOrder, { line: id, units, restock }: Extract<Act, { kind: 'refund' }>) => {
  const line = lineAt(order, id);
  const { refunds } = order.view;
  const noted = {
    ...order,
    view: {
      ...order.view,
      refunds: [...refunds, { id: refunds.length + 1, lines: [{ lineId: id, quantity: units }] }],
    },
  };
  if (line === undefined || !restock || (line.reduced ?? 0) === 0) return noted;
  const { reduced = 0, restocked = 0 } = line;
  return withLine(noted, { ...line, reduced: reduced - units, restocked: restocked + units }, units);
};

export const acted = (order: SimulatedOrder, act: Act): SimulatedOrder => {
  switch (act.kind) {
    case 'status':
      return entered(order, act.to, order);
    case 'race':
      return act.to.reduce((now, to) => entered(now, to, order), order);
    case 'edit': {
      const line = lineAt(order, act.line);
      return line === undefined ? order : saved(order, { ...line, quantity: act.quantity });
    }
    case 'add': {
      const line = newLine(order.view.lines.length + 1, act.quantity);
      return saved({ ...order, view: { ...order.view, lines: [...order.view.lines, line] } }, line);
    }
    case 'refund':
      return refunded(order, act);
  }
};
