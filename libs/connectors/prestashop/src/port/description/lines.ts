import { type OrderSnapshotLine } from '#channel-kit';
import { type OrderDetail, type OrderSlipRow } from '../../webservice/index.js';
import { soldIds } from '../sold-ids.js';

const unitsIn = (slips: readonly OrderSlipRow[], lineId: number): number =>
  slips
    .flatMap(({ items }) => items)
    .filter((item) => item.lineId === lineId)
    .reduce((units, { quantity }) => units + quantity, 0);

/**
 * Units refunded before the goods left. The shop counts a refund as a return once the order was in a state that asks for a
 * delivery slip, which is before it is shipped: so what its counters say of an order that has left is held against the dates
 * of its slips. A refund without a slip has none, and is taken for what the counter says.
 */
const cancelledOf = (line: OrderDetail, slips: readonly OrderSlipRow[], issuedAt: number | undefined): number => {
  const all = line.refunded + line.returned;
  if (issuedAt === undefined) return all;
  const early = slips.filter(({ addedAtSeconds }) => addedAtSeconds < issuedAt);
  return Math.max(line.refunded, Math.min(all, unitsIn(early, line.id)));
};

/**
 * A line in the ledger's words. The shop knows no parcels: of an order that has left the whole line has, but for what was
 * refunded before.
 *
 * @param issuedAt when the goods left, in seconds of the shop's clock; undefined: they have not
 */
export const lineOf = (
  line: OrderDetail,
  slips: readonly OrderSlipRow[],
  issuedAt: number | undefined,
): OrderSnapshotLine => {
  const ordered = Math.max(0, line.quantity);
  const cancelled = Math.min(ordered, cancelledOf(line, slips, issuedAt));
  return {
    line: String(line.id),
    ids: soldIds(line.productId, line.attributeId),
    ordered,
    cancelled,
    shipped: issuedAt === undefined ? 0 : ordered - cancelled,
    refunded: line.refunded + line.returned,
    restocked: line.reinjected,
  };
};
