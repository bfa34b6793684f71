import { newIn, type NumberSet, setOf, zero } from '#channel-kit';
import { type OrderView } from './views.js';

/** Refunds of one line between two readings that may have met; with more of them nobody tells what was lost. */
export const metMax = 6;

/** Units of a line in each refund that is new, the oldest first. */
export const newlyRefunded = (before: OrderView | undefined, after: OrderView, lineId: number): readonly number[] =>
  newIn(before?.refunds ?? [], after.refunds)
    .flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId))
    .map(({ quantity }) => quantity);

/** What refunds together put back where the line shows it, and where another wrote over it. */
type PutBack = { readonly shown: number; readonly lost: number };

const nothing: PutBack = { shown: 0, lost: 0 };

/** Each of them was put back and shown, or put back and lost, or not put back. */
const waysOf = (refunded: readonly number[]): readonly PutBack[] =>
  refunded.reduce<readonly PutBack[]>(
    (ways, units) =>
      ways.flatMap(({ shown, lost }) => [
        { shown: shown + units, lost },
        { shown, lost: lost + units },
        { shown, lost },
      ]),
    [nothing],
  );

/**
 * Units that were put back and that the line does not show: of refunds at once each moves the stock by its own, and the line
 * shows what the last of them wrote. Of one refund, or where the line shows all of them, none is lost.
 */
export const lostUnits = (refunded: readonly number[], shown: number): NumberSet => {
  if (shown <= 0 || refunded.length < 2) return zero;
  if (refunded.length > metMax) return 'unknown';
  return setOf([0, ...waysOf(refunded).flatMap((way) => (way.shown === shown ? [way.lost] : []))]);
};
