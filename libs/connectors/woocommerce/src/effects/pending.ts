import { hasTaken } from './lines.js';
import { type OrderView, type RowKey } from './views.js';

/**
 * Units by row that the shop counts beside its figure, because a checkout has set them aside: whoever sets the figure adds them,
 * or the shop takes them off twice. Of no other order: one without a payment that no checkout made takes its units only when it
 * is paid, and nobody keeps them for it.
 *
 * @param nowMillis of the clock by which `holdEndsAtMillis` was reckoned
 */
export const pendingOf = (
  { status, holdEndsAtMillis = 0, lines }: OrderView,
  nowMillis: number,
): ReadonlyMap<RowKey, number> => {
  const units = new Map<RowKey, number>();
  if (status !== 'pending' || nowMillis >= holdEndsAtMillis) return units;
  for (const line of lines) {
    if (!('row' in line.stock) || line.stock.mayBeOwed || hasTaken(line) || line.quantity <= 0) continue;
    units.set(line.stock.row, (units.get(line.stock.row) ?? 0) + line.quantity);
  }
  return units;
};
