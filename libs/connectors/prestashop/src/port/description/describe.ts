import { type DescribedOrder, isWanted, orderKeyOf, type StateOverrides } from '#channel-kit';
import { keyOf } from '../../effects/index.js';
import { rowsSoldByParts } from '../../effects/packs.js';
import { type PrestashopOrder, shopViewOf } from '../order.js';
import { datesOf } from './dates.js';
import { issuedAtSeconds } from './issue.js';
import { lineOf } from './lines.js';
import { noticesOf } from './notices.js';
import { meaningOf, type ShopMeaning } from './state-meaning.js';

/**
 * An order in the ledger's words. It is open while somebody waits for its goods: pending or paid, and not shipped. Later
 * changes, refunds and returns among them, stand in the feed.
 *
 * @param overrides meanings of states that a person has given, before those of the shop
 */
export const describeWith =
  (overrides: StateOverrides) =>
  (order: PrestashopOrder): DescribedOrder => {
    const { view, shop } = order;
    const inShop = new Map(shop.meanings);
    const meaning = (stateId: number): ShopMeaning => meaningOf(stateId, inShop, overrides);
    const now = meaning(view.stateId);
    const issuedAt = issuedAtSeconds(order, meaning);
    const { placedAt, changedAt, notices } = datesOf(order);
    const { id, reference, addedAtSeconds, shopId, cartId } = order.order;
    // As the module in the shop names the cart's hold.
    const cart = cartId === 0 ? undefined : `${shopId}-${cartId}`;
    const wasPaid = view.history.some(({ stateId }) => meaning(stateId).payment === 'paid');
    return {
      // Where a shop was restored its ids come again, with another reference.
      key: orderKeyOf(id, reference, addedAtSeconds),
      snapshot: {
        placedAt,
        changedAt,
        payment: now.payment,
        ...(cart !== undefined && { cart }),
        lines: view.lines.map((line) => lineOf(line, view.slips, issuedAt)),
      },
      // Its first history row is written last.
      ...(view.history.length === 0 && { isMaking: true }),
      isOpen: isWanted(now.payment) && issuedAt === undefined,
      ...{ cart, wasPaid },
      soldByParts: rowsSoldByParts(shopViewOf(order), view).map(keyOf),
      notices: [...noticesOf(order, now), ...notices],
    };
  };
