import { orderOf, productOf, type Context } from './context.js';
import type { Line, Order } from './rows.js';
import { managedRowOfLine, moveStock } from './stock.js';
import { isTaking } from './transitions.js';

/** A line as somebody saves it: by its id, or a new one. No units, or no product, takes it away. */
export type LineEdit = {
  readonly id?: number;
  readonly product?: number | null;
  readonly variation?: number;
  readonly quantity?: number;
  /** `_reduced_stock` written by hand. */
  readonly reduced?: number;
};

/** Saves lines, and moves stock by what they differ from what they have taken, while the order takes. */
export const editLines = (context: Context, id: number, edits: readonly LineEdit[]): void => {
  for (const edit of edits) {
    const order = orderOf(context, id);
    const old = order.lines.find((line) => line.id === edit.id);
    context.orders.set(id, { ...order, modifiedAt: context.now(), lines: linesAfter(context, order, old, edit) });
  }
};

const linesAfter = (context: Context, order: Order, old: Line | undefined, edit: LineEdit): readonly Line[] => {
  if (old === undefined) return [...order.lines, settled(context, order, newLine(context, edit))];
  if (edit.quantity === 0 || edit.product === null) {
    giveBackAll(context, old);
    return order.lines.filter((line) => line !== old);
  }
  const changed = {
    ...old,
    ...(edit.product !== undefined && { product: edit.product, variation: edit.variation ?? 0 }),
    quantity: edit.quantity ?? old.quantity,
  };
  const after = settled(context, order, changed);
  return order.lines.map((line) => (line === old ? after : line));
};

export const newLine = (
  context: Context,
  { product, variation = 0, quantity = 1 }: Pick<LineEdit, 'product' | 'variation' | 'quantity'>,
): Line => {
  const { id, price, parent } = productOf(context, variation === 0 ? (product ?? 0) : variation);
  return {
    id: context.nextLineId(),
    product: variation === 0 ? id : parent,
    variation,
    ...{ quantity, total: Math.max(price * quantity, 0), reduced: undefined, restocked: undefined },
  };
};

/** A line that is saved takes what it lacks, and gives back what it has too much. A line moved to another product does it there. */
export const settled = (context: Context, order: Order, line: Line): Line => {
  const row = managedRowOfLine(context, line);
  if (!isTaking(order) || row === undefined) return line;
  const wanted = line.quantity - (line.restocked ?? 0);
  const by = wanted - (line.reduced ?? 0);
  if (by === 0) return line;
  moveStock(context, row, -by);
  return { ...line, reduced: wanted };
};

const giveBackAll = (context: Context, line: Line): void => {
  const row = managedRowOfLine(context, line);
  if (row !== undefined) moveStock(context, row, line.reduced ?? 0);
};

/** An item that the back office adds takes nothing before the lines or the form are saved; nor does the order's date move. */
export const addItemByHand = (context: Context, id: number, edit: LineEdit): void => {
  const order = orderOf(context, id);
  context.orders.set(id, { ...order, lines: [...order.lines, newLine(context, edit)] });
};
