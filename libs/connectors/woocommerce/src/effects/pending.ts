import { unitsByRow } from '#channel-kit';
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
  const isHeld = status === 'pending' && nowMillis < holdEndsAtMillis;
  const waiting = lines.filter((line) => isHeld && !hasTaken(line) && line.quantity > 0);
  return unitsByRow(
    waiting.flatMap(({ stock, quantity }) =>
      'row' in stock && !stock.mayBeOwed ? [[stock.row, quantity] as const] : [],
    ),
  );
};
