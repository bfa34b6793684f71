import type { DescribedOrder } from '../port/order-snapshot.js';

/** Money that was on its way when a hold ended has had its time by then. */
const reviewedAfterMillis = 900_000;

/**
 * What is said of an unpaid order for which its shop keeps units until then, milliseconds since 1970: shops let go of them and
 * leave the order as it is.
 *
 * @param isKept whether it keeps some at this moment: what the order holds changes then
 */
export const heldUntil = (
  endsAtMillis: number,
  isKept: boolean,
): Pick<DescribedOrder, 'changesAtMillis' | 'reviewAtMillis'> => ({
  ...(isKept && { changesAtMillis: endsAtMillis }),
  reviewAtMillis: endsAtMillis + reviewedAfterMillis,
});
