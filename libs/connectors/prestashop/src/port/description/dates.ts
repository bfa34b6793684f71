import { type OrderDates, orderDatesOf } from '#channel-kit';
import { type PrestashopOrder } from '../order.js';
import { instantIn } from '../zone.js';

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

/** Dates of the shop's own clock as moments. */
export const datesOf = (order: PrestashopOrder): OrderDates => {
  const { readAtMillis, shop } = order;
  const placed = instantOf(order.order.addedAtSeconds, shop.zone);
  return orderDatesOf(placed, instantOf(changedAtSeconds(order), shop.zone), readAtMillis);
};
