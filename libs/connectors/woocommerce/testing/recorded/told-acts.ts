import { type OrderView } from '../../src/index.js';
import { lineOf, otherId } from './rebuilt-order.js';

type Edit = {
  /** As the order's lines and refunds are after it; what they say of stock was recorded. */
  readonly order: OrderView;
  /** The line whose metas were recorded. */
  readonly touched: number;
};

type Act = (order: OrderView, units: number) => Edit;

const firstOf = ({ lines }: OrderView): number => lines[0]?.id ?? 0;
const lastOf = ({ lines }: OrderView): number => lines.at(-1)?.id ?? 0;

const removed = (order: OrderView): Edit => {
  const left = { ...order, lines: order.lines.slice(1) };
  return { order: left, touched: firstOf(left) };
};

const edited: Act = (order, quantity) => {
  if (quantity === 0) return removed(order);
  const [first, ...others] = order.lines;
  return {
    order: { ...order, lines: first === undefined ? [] : [{ ...first, quantity }, ...others] },
    touched: firstOf(order),
  };
};

const added: Act = (order, quantity) => {
  const id = lastOf(order) + 1;
  return { order: { ...order, lines: [...order.lines, lineOf(id, quantity)] }, touched: id };
};

const refunded: Act = (order, quantity) => {
  const touched = lastOf(order);
  const id = (order.refunds.at(-1)?.id ?? 0) + 1;
  const lines = quantity === 0 ? [] : [{ lineId: touched, quantity }];
  return { order: { ...order, refunds: [...order.refunds, { id, lines }] }, touched };
};

const movedToOther = (order: OrderView): Edit => ({
  order: {
    ...order,
    lines: order.lines.map((line) => ({
      ...line,
      productId: otherId,
      stock: { row: `${otherId}-0`, mayBeOwed: false },
    })),
  },
  touched: firstOf(order),
});

const unrefunded = (order: OrderView): Edit => ({
  order: { ...order, refunds: order.refunds.slice(1) },
  touched: firstOf(order),
});

/** What the recorder's words did to lines and refunds, the first that fits; the other words did nothing to them. */
const acts: readonly (readonly [RegExp, Act])[] = [
  [/^(?:PUT line quantity|PUT status [a-z-]+ \+ quantity|wc_save_order_items qty|save line to) (\d)/u, edited],
  [/^(?:PUT add a line|add an item) of (\d)/u, added],
  [/^(?:PUT line product_id null|remove the first line)/u, removed],
  [/^PUT line product_id other$/u, movedToOther],
  [/^(?:DELETE the refund|delete the restocked refund)$/u, unrefunded],
  [/^(?:POST refund amount 10|POST refund all the rest|refund 33\.00$)/u, (order) => refunded(order, 0)],
  [/^refund 33\.00/u, (order) => refunded(order, 3)],
  [/^(?:POST )?refund (\d)/u, refunded],
];

/** The order with its lines and refunds as they were after what was done, as REST would have shown them. */
export const editedBy = (order: OrderView, words: string): Edit => {
  for (const [pattern, act] of acts) {
    const match = pattern.exec(words);
    if (match !== null) return act(order, Number(match[1] ?? 0));
  }
  return { order, touched: firstOf(order) };
};
