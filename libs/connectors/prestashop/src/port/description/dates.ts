import { type PrestashopOrder } from '../order.js';
import { instantIn } from '../zone.js';

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

/** Without a zone the shop's clock is taken for UTC. */
const instantOf = (seconds: number, zone: string | undefined): number => {
  const wallMillis = seconds * 1_000;
  return (zone === undefined ? undefined : instantIn(zone, wallMillis)) ?? wallMillis;
};

/** Refunds move no date of the order, but they have one of their own. */
const changedAtSeconds = ({ order, view }: PrestashopOrder): number =>
  [...view.history, ...view.slips].reduce(
    (latest, { addedAtSeconds }) => Math.max(latest, addedAtSeconds),
    order.updatedAtSeconds,
  );

const written = (millis: number): string => new Date(millis).toISOString();

/** Dates of the shop's own clock as moments, none of them ahead of ours: the ledger refuses what is yet to come. */
export const datesOf = (order: PrestashopOrder): Dates => {
  const { readAtMillis, shop } = order;
  const placed = instantOf(order.order.addedAtSeconds, shop.zone);
  const changed = instantOf(changedAtSeconds(order), shop.zone);
  return {
    placedAt: written(Math.min(placed, readAtMillis + aheadMillisMax)),
    changedAt: written(Math.min(changed, readAtMillis)),
    aheadMillis: Math.max(placed, changed) - readAtMillis,
  };
};
