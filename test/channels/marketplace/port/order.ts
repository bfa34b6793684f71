import type { ChannelPort } from '#channel-kit';
import { countOf, fieldOf, listOf, textOf } from '../client/fields.js';
import { answered, troubled, unintelligible } from '../client/trouble.js';
import type { PortContext } from './context.js';

export type MarketplaceItem = {
  readonly id: string;
  readonly offer: string;
  readonly units: number;
  readonly shipped: number;
  readonly cancelled: number;
  /** RFC 3339. */
  readonly changedAt: string;
};

/** What is kept of an order: plain JSON. */
export type MarketplaceOrder = {
  readonly id: string;
  /** RFC 3339. */
  readonly placedAt: string;
  readonly items: readonly MarketplaceItem[];
};

const readItem = (value: unknown): MarketplaceItem | undefined => {
  const [id, changedAt] = [textOf(value, 'orderItemId'), textOf(value, 'latestChangedDateTime')];
  const offer = textOf(fieldOf(value, 'offer'), 'offerId');
  const units = countOf(value, 'quantity');
  const [shipped, cancelled] = [countOf(value, 'quantityShipped'), countOf(value, 'quantityCancelled')];
  if (id === undefined || offer === undefined || changedAt === undefined) return undefined;
  if (units === undefined || shipped === undefined || cancelled === undefined) return undefined;
  return { id, offer, units, shipped, cancelled, changedAt };
};

const readOrder = (value: unknown): MarketplaceOrder | undefined => {
  const [id, placedAt] = [textOf(value, 'orderId'), textOf(value, 'orderPlacedDateTime')];
  const items = listOf(value, 'orderItems', readItem);
  return id === undefined || placedAt === undefined || items === undefined ? undefined : { id, placedAt, items };
};

export const orderOf =
  ({ client }: PortContext): ChannelPort<MarketplaceOrder>['order'] =>
  async (id, signal) => {
    const answer = await client.send({ method: 'GET', path: `/retailer/orders/${encodeURIComponent(id)}` }, signal);
    if (answer.kind === 'trouble') return troubled(answer.trouble);
    if (answer.kind === 'not_found') return answered(undefined);
    const order = readOrder(answer.value);
    return order === undefined ? unintelligible(`Order ${id}`) : answered(order);
  };
