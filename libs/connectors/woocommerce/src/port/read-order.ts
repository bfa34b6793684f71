import { type Answer, type ChannelPort } from '#channel-kit';
import { dateOf, FieldError, objectIn, rowsIn, whole } from '#shop-http';
import { orderViewOf } from '../reading/index.js';
import {
  type Failure,
  failed,
  type Sold,
  malformed,
  ok,
  type Outcome,
  type RawOrder,
  readOrder,
} from '../rest/index.js';
import { type PortContext } from './context.js';
import { isGone, isId } from './ids.js';
import { type WooCommerceOrder } from './order.js';
import { answered, troubledBy } from './trouble.js';

const unreadable = (what: string): Failure => ({ ...malformed(what), applied: 'no' });

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

const wholeOrder = async (
  { items, holdStockMinutes, now }: PortContext,
  raw: RawOrder,
  signal: AbortSignal,
): Promise<Outcome<WooCommerceOrder>> => {
  const sold = await items.at(soldIn(raw.order), signal);
  if (sold.kind === 'failed') return sold;
  const byId = new Map(sold.value.map((item) => [item.id, item]));
  const itemOf = (productId: number, variationId: number) => byId.get(variationId === 0 ? productId : variationId);
  const reading = orderViewOf(raw.order, { refunds: raw.refunds, itemOf, holdStockMinutes });
  if (reading.kind === 'malformed') return failed(unreadable(reading.detail));
  return ok({ view: reading.view, ...datesIn(raw), readAtMillis: now() });
};

/** An order whole, also one in the trash. */
export const orderOf =
  (context: PortContext): ChannelPort<WooCommerceOrder>['order'] =>
  async (id, signal): Promise<Answer<WooCommerceOrder | undefined>> => {
    if (!isId(id)) return answered(undefined);
    const raw = await readOrder(context.client, id, signal);
    if (raw.kind === 'failed') return isGone(raw.failure) ? answered(undefined) : troubledBy(raw.failure);
    try {
      const order = await wholeOrder(context, raw.value, signal);
      return order.kind === 'ok' ? answered(order.value) : troubledBy(order.failure);
    } catch (error) {
      if (error instanceof FieldError) return troubledBy(unreadable(error.message));
      throw error;
    }
  };
