import { lineCounts, type OrderSnapshotLine, type SoldIds, soldIds, unitsOfLine } from '#channel-kit';
import { keyOf, type OrderLine } from '../../effects/views.js';
import { type WooCommerceOrder } from '../context.js';

/** Whether goods have left. `at`: when the shop called the order completed, in UTC; undefined: nobody knows. */
export type Issue = { readonly at: string | undefined };

/** Units refunded before the goods left. Where nobody knows when they did, refunds are taken for later ones. */
const cancelledOf = ({ view, refundedAt }: WooCommerceOrder, lineId: number, issue: Issue | undefined): number => {
  const dates = new Map(refundedAt);
  const isEarly = (id: number, at = ''): boolean => (dates.get(id) ?? at) < at;
  const early = view.refunds.filter(({ id }) => issue === undefined || isEarly(id, issue.at));
  return unitsOfLine(
    early.flatMap(({ lines }) => lines),
    lineId,
  );
};

/** As the listing is named: a variation that its product manages is sold by the product's. */
const idsOf = ({ productId, variationId, stock }: OrderLine): SoldIds => {
  const isParents = 'row' in stock && stock.row === keyOf(productId, 0);
  return soldIds(productId, isParents ? 0 : variationId);
};

const lineOf = (order: WooCommerceOrder, line: OrderLine, issue: Issue | undefined): OrderSnapshotLine => {
  const cancelled = cancelledOf(order, line.id, issue);
  const counts = lineCounts({ ordered: line.quantity, cancelled, hasLeft: issue !== undefined });
  const refunds = order.view.refunds.flatMap(({ lines }) => lines);
  const refunded = Math.min(counts.ordered, unitsOfLine(refunds, line.id));
  const restocked = Math.max(0, Math.min(refunded, line.restocked ?? 0));
  return { line: String(line.id), ids: idsOf(line), ...counts, refunded, restocked };
};

/** Lines of what the shop sells; one that names no product is an amount. @param issue undefined: the goods have not left */
export const linesOf = (order: WooCommerceOrder, issue: Issue | undefined): readonly OrderSnapshotLine[] =>
  order.view.lines.filter(({ productId }) => productId !== 0).map((line) => lineOf(order, line, issue));
