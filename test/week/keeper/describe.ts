import type { KeptOrder } from '#apps/channels';
import type { DescribedOrder, OrderSnapshotLine, PaymentState } from '#channel-kit';
import type { PrestashopOrder } from '#connectors/prestashop';

/** Of a new shop's states; all others are paid. */
const payments: Readonly<Record<number, PaymentState>> = {
  ...{ 1: 'pending', 10: 'pending', 12: 'pending', 13: 'pending' },
  ...{ 6: 'cancelled', 7: 'refunded', 8: 'failed' },
};

type Line = PrestashopOrder['view']['lines'][number] & { readonly refunded?: number };

const lineOf = ({ id, productId, attributeId, quantity, refunded = 0 }: Line): OrderSnapshotLine => ({
  line: String(id),
  ids: { product: String(productId), ...(attributeId > 0 && { variant: String(attributeId) }) },
  ...{ ordered: quantity, cancelled: refunded },
});

const instantOf = (seconds: number): string => new Date(seconds * 1_000).toISOString();

/** What a PrestaShop order says to the ledger, of a shop whose states are those of a new one and whose zone is UTC. */
export const describeOrder = (kept: KeptOrder): DescribedOrder => {
  const { order, view } = kept as unknown as PrestashopOrder;
  return {
    key: `${order.id}-${order.reference}`,
    snapshot: {
      ...{ placedAt: instantOf(order.addedAtSeconds), changedAt: instantOf(order.updatedAtSeconds) },
      ...{ payment: payments[view.stateId] ?? 'paid', cart: `${order.shopId}-${order.cartId}` },
      lines: view.lines.map(lineOf),
    },
    ...{ isOpen: true, cart: `${order.shopId}-${order.cartId}`, notices: [] },
  };
};
