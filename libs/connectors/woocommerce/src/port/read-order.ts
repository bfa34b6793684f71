import { type Answer, type ChannelPort } from '#channel-kit';
import { dateOf, objectIn, readAs, rowsIn, whole } from '#shop-http';
import { orderViewOf } from '../reading/index.js';
import { type Item, type RawOrder, readOrder, type Sold } from '../rest/index.js';
import { type PortContext } from './context.js';
import { isGone, isId } from './ids.js';
import { type WooCommerceOrder } from './order.js';
import { answered, answerOf, troubledBy } from './trouble.js';

/** What lines are of; one that the shop has forgotten is of product 0. */
const soldIn = (order: unknown): readonly Sold[] =>
  rowsIn(objectIn(order, 'the order'), 'line_items')
    .map((line) => ({ productId: whole(line, 'product_id'), variationId: whole(line, 'variation_id') }))
    .filter(({ productId }) => productId !== 0);

const datesIn = ({ order, refunds }: RawOrder): Pick<WooCommerceOrder, 'completedAt' | 'refundedAt'> => {
  const shown = objectIn(order, 'the order');
  return {
    ...(typeof shown['date_completed_gmt'] === 'string' && { completedAt: dateOf(shown, 'date_completed_gmt') }),
    refundedAt: refunds.map((refund) => {
      const row = objectIn(refund, 'a refund');
      return [whole(row, 'id'), dateOf(row, 'date_created_gmt')] as const;
    }),
  };
};

/** @throws FieldError */
const orderIn = (
  { found: { holdStockMinutes }, now }: PortContext,
  raw: RawOrder,
  sold: readonly Item[],
): WooCommerceOrder => {
  const byId = new Map(sold.map((item) => [item.id, item]));
  const itemOf = (productId: number, variationId: number) => byId.get(variationId === 0 ? productId : variationId);
  const view = orderViewOf(raw.order, { refunds: raw.refunds, itemOf, holdStockMinutes });
  return { view, ...datesIn(raw), readAtMillis: now() };
};

/** An order whole, also one in the trash. */
export const orderOf =
  (context: PortContext): ChannelPort<WooCommerceOrder>['order'] =>
  async (id, signal): Promise<Answer<WooCommerceOrder | undefined>> => {
    if (!isId(id)) return answered(undefined);
    const raw = await readOrder(context.client, id, signal);
    if (raw.kind === 'failed') return isGone(raw.failure) ? answered(undefined) : troubledBy(raw.failure);
    const asked = readAs(() => soldIn(raw.value.order));
    if (asked.kind === 'failed') return troubledBy(asked.failure);
    const sold = await context.items.at(asked.value, signal);
    return sold.kind === 'failed'
      ? troubledBy(sold.failure)
      : answerOf(readAs(() => orderIn(context, raw.value, sold.value)));
  };
