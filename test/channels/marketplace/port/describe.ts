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

/** The marketplace collects the money before it tells of an order, and gives no id twice. */
export const describe = ({ id, placedAt, items }: MarketplaceOrder): DescribedOrder => ({
  key: id,
  snapshot: {
    placedAt,
    changedAt: items.reduce((latest, { changedAt }) => (changedAt > latest ? changedAt : latest), placedAt),
    payment: 'paid',
    lines: items.map(lineOf),
  },
  isOpen: items.some((item) => openUnits(item) > 0),
  cart: undefined,
  notices: [],
});
