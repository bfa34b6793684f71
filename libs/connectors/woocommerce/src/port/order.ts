import { cancelBy, orderBy } from '#channel-kit';
import { answered, dateOf, mapped, objectIn, ok, readAs, rowsIn, troubled, whole } from '#shop-http';
import { type Sold } from '../effects/views.js';
import { orderViewOf } from '../reading/order-view.js';
import { type Client, readAllRows } from '../rest/client.js';
import { answerOf, foundOf, type Outcome, troubleOf } from '../rest/failure.js';
import { type Item } from '../rest/items.js';
import { isId, type PortContext, type WooCommerceOrder, type WooCommercePort } from './context.js';

/** An order, and what belongs to it, as the shop shows them. */
type RawOrder = { readonly order: unknown; readonly refunds: readonly unknown[] };

const hasRefunds = (order: unknown): boolean => {
  const refunds = typeof order === 'object' && order !== null && 'refunds' in order ? order.refunds : [];
  return Array.isArray(refunds) && refunds.length > 0;
};

/** The order itself names its refunds and not their lines. */
const readRaw = async (client: Client, id: string, signal: AbortSignal): Promise<Outcome<RawOrder>> => {
  const resource = `orders/${id}`;
  const order = await client.send({ method: 'GET', resource }, signal);
  if (order.kind === 'failed') return order;
  if (!hasRefunds(order.value)) return ok({ order: order.value, refunds: [] });
  const found = await readAllRows(client, { resource: `${resource}/refunds`, query: {} }, (json) => json, signal);
  return mapped(found, (refunds) => ({ order: order.value, refunds }));
};

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
const orderIn = ({ found, now }: PortContext, raw: RawOrder, items: readonly Item[]): WooCommerceOrder => {
  const byId = new Map(items.map((item) => [item.id, item]));
  const itemOf = (productId: number, variationId: number) => byId.get(variationId === 0 ? productId : variationId);
  const { holdStockMinutes } = found;
  const view = orderViewOf(raw.order, { refunds: raw.refunds, itemOf, holdStockMinutes });
  return { view, ...datesIn(raw), readAtMillis: now() };
};

/** An order whole, also one in the trash. */
export const orderOf = (context: PortContext): WooCommercePort['order'] =>
  orderBy<RawOrder, WooCommerceOrder>({
    isId,
    look: async (id, signal) => foundOf(await readRaw(context.client, id, signal)),
    whole: async (raw, signal) => {
      const sold = readAs(() => soldIn(raw.order));
      const items = sold.kind === 'failed' ? sold : await context.items.at(sold.value, signal);
      return answerOf(items.kind === 'failed' ? items : readAs(() => orderIn(context, raw, items.value)));
    },
  });

const isCancelled = (order: unknown): boolean =>
  typeof order === 'object' && order !== null && 'status' in order && order.status === 'cancelled';

/** Calls an order cancelled, without a mail or a payment, so that the shop gives back what it has taken. */
export const cancelOf = ({ client }: PortContext): WooCommercePort['cancel'] =>
  cancelBy({
    isId,
    look: async (id, signal) => foundOf(await client.send({ method: 'GET', resource: `orders/${id}` }, signal)),
    isCancelled,
    enter: async (_, id, signal) => {
      const json = { status: 'cancelled' };
      const entered = await client.send({ method: 'PUT', resource: `orders/${id}`, json }, signal);
      return entered.kind === 'failed' ? troubled(troubleOf(entered.failure)) : answered(entered.value);
    },
  });
