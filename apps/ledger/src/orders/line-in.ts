import { lineKeyOf, type LineStanding, type OrderLine, type StockState } from '#stock';

/** An order line as its SKU's state remembers it; a closed line may have been forgotten. */
export const lineIn = (state: StockState, order: OrderLine): LineStanding | undefined => {
  const key = lineKeyOf(order);
  const record = state.lines.get(key) ?? state.facts.get(key);
  return record?.kind === 'line' ? record.line : undefined;
};
