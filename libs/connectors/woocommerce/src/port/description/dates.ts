import { type WooCommerceOrder } from '../order.js';

/**
 * So far ahead of ours a shop's clock may be: within it an order keeps its date from one reading to the next. The ledger
 * takes five minutes.
 */
const aheadMillisMax = 60_000;

export type Dates = {
  /** RFC 3339. */
  readonly placedAt: string;
  readonly changedAt: string;
  /** How far ahead of ours the shop's clock is, as far as its dates show it. */
  readonly aheadMillis: number;
};

const written = (millis: number): string => new Date(millis).toISOString();

/** Dates of the shop, which are in UTC, none of them ahead of ours: the ledger refuses what is yet to come. */
export const datesOf = ({ view: { createdAt, modifiedAt }, readAtMillis }: WooCommerceOrder): Dates => {
  const [placed, changed] = [Date.parse(`${createdAt}Z`), Date.parse(`${modifiedAt}Z`)];
  return {
    placedAt: written(Math.min(placed, readAtMillis + aheadMillisMax)),
    changedAt: written(Math.min(changed, readAtMillis)),
    aheadMillis: Math.max(placed, changed) - readAtMillis,
  };
};
