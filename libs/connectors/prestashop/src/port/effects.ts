import { type NumberSet } from '#channel-kit';
import { changesBetween, keyOf } from '../effects/index.js';
import { sharesOf } from '../effects/packs.js';
import { isSameOrder, type PrestashopOrder, shopViewOf } from './order.js';

/**
 * What the shop did to its own rows between two readings of an order. It rests on the two alone: each is kept with the
 * settings that it was read under.
 */
export const effectsOf = (
  before: PrestashopOrder | undefined,
  after: PrestashopOrder | undefined,
): ReadonlyMap<string, NumberSet> => {
  if (after === undefined) return new Map();
  const known = before !== undefined && isSameOrder(before, after) ? before : undefined;
  return changesBetween(known?.view, after.view, shopViewOf(after, known));
};

/** Units of an order that the shop is still making: without a history row nobody knows which of its lines are taken. */
export const pendingOf = (order: PrestashopOrder): ReadonlyMap<string, number> => {
  const { view } = order;
  const units = new Map<string, number>();
  if (view.history.length > 0) return units;
  const shop = shopViewOf(order);
  for (const line of view.lines) {
    for (const share of sharesOf(shop, view.shopId, line)) {
      const key = keyOf(share.row);
      units.set(key, (units.get(key) ?? 0) + share.units * line.quantity);
    }
  }
  return units;
};
