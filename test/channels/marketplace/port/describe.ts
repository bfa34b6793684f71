import type { DescribedOrder, OrderSnapshotLine } from '#channel-kit';
import type { MarketplaceItem, MarketplaceOrder } from './order.js';

export const openUnits = ({ units, shipped, cancelled }: MarketplaceItem): number => units - shipped - cancelled;

const lineOf = ({ id, offer, units, shipped, cancelled }: MarketplaceItem): OrderSnapshotLine => ({
  line: id,
  ids: { product: offer },
  ordered: units,
  cancelled,
  shipped,
});

const isCancelled = ({ items }: MarketplaceOrder): boolean =>
  items.every(({ units, cancelled }) => cancelled === units);

/** The marketplace collects the money before it tells of an order, and gives no id twice. */
export const describe = (order: MarketplaceOrder): DescribedOrder => {
  const { id, placedAt, items } = order;
  return {
    key: id,
    snapshot: {
      placedAt,
      changedAt: items.reduce((latest, { changedAt }) => (changedAt > latest ? changedAt : latest), placedAt),
      payment: isCancelled(order) ? 'cancelled' : 'paid',
      lines: items.map(lineOf),
    },
    isOpen: items.some((item) => openUnits(item) > 0),
    cart: undefined,
    notices: [],
  };
};
