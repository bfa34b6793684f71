import { type NumberSet, unitsByRow } from '#channel-kit';
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
  if (view.history.length > 0) return new Map();
  const shop = shopViewOf(order);
  return unitsByRow(
    view.lines.flatMap((line) =>
      sharesOf(shop, view.shopId, line).map(({ row, units }) => [keyOf(row), units * line.quantity] as const),
    ),
  );
};
