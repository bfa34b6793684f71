import type { Marketplace } from '../market/marketplace.js';
import { openUnits, type WholeOrder } from '../market/orders.js';
import type { OfferRow, OrderItemRow, ProcessRow } from '../market/rows.js';

const instant = (millis: number): string => new Date(millis).toISOString();

export const offerJson = ({ id, ean, reference, title, amount }: OfferRow): object => ({
  offerId: id,
  ean,
  reference,
  unknownProductTitle: title,
  fulfilment: { method: 'FBR' },
  stock: { amount, correctedStock: amount, managedByRetailer: true },
});

export const processJson = ({ id, entity, event, status, error, acceptedAt }: ProcessRow): object => ({
  processStatusId: id,
  entityId: entity,
  eventType: event,
  description: event === 'UPDATE_OFFER_STOCK' ? `Update stock for offer ${entity}.` : `Cancel item ${entity}.`,
  status,
  ...(error !== undefined && { errorMessage: error }),
  createTimestamp: instant(acceptedAt),
});

const reducedItem = (market: Marketplace, item: OrderItemRow): object => ({
  orderItemId: item.id,
  ean: market.offers.find(item.offer)?.ean ?? '',
  fulfilmentMethod: 'FBR',
  fulfilmentStatus: openUnits(item) === 0 ? 'HANDLED' : 'OPEN',
  quantity: item.units,
  quantityShipped: item.shipped,
  quantityCancelled: item.cancelled,
  cancellationRequest: false,
  latestChangedDateTime: instant(item.changedAt),
});

/** A row of the list: it does not say which offer was sold. */
export const reducedOrderJson = (market: Marketplace, { id, placedAt, rows }: WholeOrder): object => ({
  orderId: id,
  orderPlacedDateTime: instant(placedAt),
  orderItems: rows.map((item) => reducedItem(market, item)),
});

export const orderJson = (market: Marketplace, { id, placedAt, rows }: WholeOrder): object => ({
  orderId: id,
  orderPlacedDateTime: instant(placedAt),
  orderItems: rows.map((item) => ({
    ...reducedItem(market, item),
    offer: { offerId: item.offer, reference: market.offers.find(item.offer)?.reference ?? '' },
  })),
});
