import { type OrderSnapshotLine, type SoldIds } from '#channel-kit';
import { keyOf, type OrderLine, type OrderRefund } from '../../effects/index.js';
import { type WooCommerceOrder } from '../order.js';
import { type Issue } from './issue.js';

const unitsIn = (refunds: readonly OrderRefund[], lineId: number): number =>
  refunds
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineId === lineId)
    .reduce((units, { quantity }) => units + quantity, 0);

/** Units refunded before the goods left. Where nobody knows when they did, refunds are taken for later ones. */
const cancelledOf = ({ view, refundedAt }: WooCommerceOrder, lineId: number, issue: Issue | undefined): number => {
  if (issue === undefined) return unitsIn(view.refunds, lineId);
  const dates = new Map(refundedAt);
  const { at = '' } = issue;
  const early = view.refunds.filter(({ id }) => (dates.get(id) ?? at) < at);
  return unitsIn(early, lineId);
};

/** As the listing is named: a variation that its product manages is sold by the product's. */
const soldIds = ({ productId, variationId, stock }: OrderLine): SoldIds => {
  const isParents = 'row' in stock && stock.row === keyOf(productId, 0);
  return {
    product: String(productId),
    ...(variationId !== 0 && !isParents && { variant: String(variationId) }),
  };
};

/**
 * A line in the ledger's words. The shop knows no parcels: of an order that has left the whole line has, but for what was
 * refunded before. Nobody there keeps a refund from naming more units than were sold.
 *
 * @param issue undefined: the goods have not left
 */
const lineOf = (order: WooCommerceOrder, line: OrderLine, issue: Issue | undefined): OrderSnapshotLine => {
  const ordered = Math.max(0, line.quantity);
  const cancelled = Math.min(ordered, cancelledOf(order, line.id, issue));
  const refunded = Math.min(ordered, unitsIn(order.view.refunds, line.id));
  return {
    line: String(line.id),
    ids: soldIds(line),
    ordered,
    cancelled,
    shipped: issue === undefined ? 0 : ordered - cancelled,
    refunded,
    restocked: Math.max(0, Math.min(refunded, line.restocked ?? 0)),
  };
};

/** Lines of what the shop sells; one that names no product is an amount. */
export const linesOf = (order: WooCommerceOrder, issue: Issue | undefined): readonly OrderSnapshotLine[] =>
  order.view.lines.filter(({ productId }) => productId !== 0).map((line) => lineOf(order, line, issue));
