import type { Instant } from '#event-sourcing';
import type { Acknowledged, LineStanding } from './standing.js';
import { withOptional } from './lines.js';
import { quantityAt } from './places.js';

/* What outside systems have said of a line's committed units: that they know of them, and keep them back in their figures. */

type Place = { readonly connection: string; readonly location: string };

const isAt =
  ({ connection, location }: Place) =>
  (one: Acknowledged): boolean =>
    one.connection === connection && one.location === location;

const none: readonly Acknowledged[] = [];

const withAll = (line: LineStanding, acknowledged: readonly Acknowledged[]): LineStanding =>
  withOptional(line, { acknowledged: acknowledged.filter(({ quantity }) => quantity > 0) });

/** Units of the line at a location that a connection has acknowledged and that are committed there still. */
export const acknowledgedBy = ({ acknowledged = none }: LineStanding, place: Place): number =>
  acknowledged.find(isAt(place))?.quantity ?? 0;

/** So many units more, as of a moment: of several the last one stands. */
export const plusAcknowledged = (line: LineStanding, place: Place, quantity: number, at: Instant): LineStanding => {
  const { acknowledged = none } = line;
  const before = acknowledged.find(isAt(place));
  if (!before) return withAll(line, [...acknowledged, { ...place, quantity, at }]);
  const sum = { ...before, quantity: before.quantity + quantity, at: before.at > at ? before.at : at };
  return withAll(
    line,
    acknowledged.map((one) => (one === before ? sum : one)),
  );
};

/** A connection takes back up to so many. */
export const minusAcknowledged = (line: LineStanding, place: Place, quantity: number): LineStanding => {
  const fewer = Math.min(quantity, acknowledgedBy(line, place));
  if (fewer === 0) return line;
  const { acknowledged = none } = line;
  return withAll(
    line,
    acknowledged.map((one) => (isAt(place)(one) ? { ...one, quantity: one.quantity - fewer } : one)),
  );
};

/** Units that leave a location are first those that somebody knows of. */
export const acknowledgedAfterIssue = (line: LineStanding, location: string, quantity: number): LineStanding =>
  line.acknowledged === undefined
    ? line
    : withAll(
        line,
        line.acknowledged.map((one) =>
          one.location === location ? { ...one, quantity: Math.max(0, one.quantity - quantity) } : one,
        ),
      );

/** At most what is committed is acknowledged, place by place: what a line gives up is first what nobody knows of. */
export const acknowledgedWithin = (line: LineStanding): LineStanding =>
  line.acknowledged === undefined
    ? line
    : withAll(
        line,
        line.acknowledged.map((one) => {
          const most = quantityAt(line.committed, one.location);
          return one.quantity <= most ? one : { ...one, quantity: most };
        }),
      );
