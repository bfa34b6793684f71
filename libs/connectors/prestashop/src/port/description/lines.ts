import { lineCounts, type OrderSnapshotLine, soldIds, unitsOfLine } from '#channel-kit';
import { type OrderDetail, type OrderSlipRow } from '../../webservice/index.js';

/**
 * Units refunded before the goods left. The shop counts a refund as a return once the order was in a state that asks for a
 * delivery slip, which is before it is shipped: so what its counters say of an order that has left is held against the dates
 * of its slips. A refund without a slip has none, and is taken for what the counter says.
 */
const cancelledOf = (line: OrderDetail, slips: readonly OrderSlipRow[], issuedAt: number | undefined): number => {
  const all = line.refunded + line.returned;
  if (issuedAt === undefined) return all;
  const early = slips.filter(({ addedAtSeconds }) => addedAtSeconds < issuedAt).flatMap(({ items }) => items);
  return Math.max(line.refunded, Math.min(all, unitsOfLine(early, line.id)));
};

/**
 * A line in the ledger's words.
 *
 * @param issuedAt when the goods left, in seconds of the shop's clock; undefined: they have not
 */
export const lineOf = (
  line: OrderDetail,
  slips: readonly OrderSlipRow[],
  issuedAt: number | undefined,
): OrderSnapshotLine => ({
  line: String(line.id),
  ids: soldIds(line.productId, line.attributeId),
  ...lineCounts({
    ordered: line.quantity,
    cancelled: cancelledOf(line, slips, issuedAt),
    hasLeft: issuedAt !== undefined,
  }),
  refunded: line.refunded + line.returned,
  restocked: line.reinjected,
});
