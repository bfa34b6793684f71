import { laterOf, type Instant } from '#event-sourcing';
import type { StockEvent } from '../events.js';
import type { Acknowledged } from '../standing.js';
import { lineKeyOf } from '../keys.js';
import type { Bucket, Outside, Part } from '../parts.js';
import { isBucket } from '../postings.js';
import type { Lines } from './lines.js';

/** By how many more of the committed units a connection knew. */
export type Known = { readonly connection: string; readonly quantity: number };

/** What the figures of a location changed by at one moment: the physical ones, and what single connections know of. */
export type Movement = {
  readonly location: string;
  readonly onHand: number;
  readonly usable: number;
  readonly acknowledged?: readonly Known[];
};
/** A movement and its moment. */
export type MovementAt = { readonly at: Instant; readonly movement: Movement };

const isPlace = (location: string): boolean => !location.startsWith('unsourced:');
const isUsable = (account: Bucket | Outside): boolean =>
  isBucket(account) && account !== 'quarantined' && account !== 'damaged';

const changeBy = (part: Part, counts: (account: Bucket | Outside) => boolean): number =>
  (counts(part.to) ? part.quantity : 0) - (counts(part.from) ? part.quantity : 0);

const isChange = ({ onHand, usable, acknowledged }: Movement): boolean =>
  onHand !== 0 || usable !== 0 || acknowledged !== undefined;

const none: readonly never[] = [];

const samePlace =
  ({ connection, location }: Acknowledged) =>
  (other: Acknowledged): boolean =>
    other.connection === connection && other.location === location;

const sumOfKnown = (a: readonly Known[], b: readonly Known[]): readonly Known[] => {
  const sums = new Map<string, number>();
  for (const { connection, quantity } of [...a, ...b]) sums.set(connection, (sums.get(connection) ?? 0) + quantity);
  return [...sums].flatMap(([connection, quantity]) => (quantity === 0 ? [] : [{ connection, quantity }]));
};

/** Two movements at one location as one. */
export const plusMovement = (a: Movement, b: Movement): Movement => {
  const [onHand, usable] = [a.onHand + b.onHand, a.usable + b.usable];
  const { location } = a;
  if (!a.acknowledged && !b.acknowledged) return { location, onHand, usable };
  const acknowledged = sumOfKnown(a.acknowledged ?? none, b.acknowledged ?? none);
  return { location, onHand, usable, ...(acknowledged.length > 0 && { acknowledged }) };
};

/** What these parts change of the physical figures, by location; locations where nothing changes are left out. */
const physicalOf = (parts: readonly Part[], at: Instant): readonly MovementAt[] => {
  let moved: MovementAt[] | undefined;
  for (const part of parts) {
    const onHand = changeBy(part, isBucket);
    const usable = changeBy(part, isUsable);
    if ((onHand === 0 && usable === 0) || !isPlace(part.location)) continue;
    moved ??= [];
    moved.push({ at, movement: { location: part.location, onHand, usable } });
  }
  return moved ?? none;
};

/** Acknowledged units are gone when they are issued or given up, but no sooner than somebody knew of them. */
const changeOfKnown = (
  before: Acknowledged | undefined,
  after: Acknowledged | undefined,
  occurredAt: Instant,
): readonly MovementAt[] => {
  const one = before ?? after;
  const quantity = (after?.quantity ?? 0) - (before?.quantity ?? 0);
  if (!one || quantity === 0) return none;
  const at = quantity < 0 ? laterOf(one.at, occurredAt) : occurredAt;
  const { connection, location } = one;
  return [{ at, movement: { location, onHand: 0, usable: 0, acknowledged: [{ connection, quantity }] } }];
};

/** By how much an event changes what outside systems know of an order line. */
const knownOf = ({ lines }: Pick<Lines, 'lines'>, { data, occurredAt }: StockEvent): readonly MovementAt[] => {
  if (!('line' in data && 'order' in data)) return none;
  const was = lines.get(lineKeyOf(data.order))?.line.acknowledged ?? none;
  const is = data.line.acknowledged ?? none;
  if (was === is) return none;
  return [
    ...was.flatMap((one) => changeOfKnown(one, is.find(samePlace(one)), occurredAt)),
    ...is.filter((one) => !was.some(samePlace(one))).flatMap((one) => changeOfKnown(undefined, one, occurredAt)),
  ];
};

/**
 * What an event changes of the figures, by moment and location, on the lines as they stood before it. Nearly all events
 * have one moment, their own.
 */
export const movementsOf = (before: Pick<Lines, 'lines'>, event: StockEvent): readonly MovementAt[] => {
  const physical = physicalOf(event.data.parts, event.occurredAt);
  const known = knownOf(before, event);
  if (known.length === 0 && physical.length <= 1) return physical;
  const each = [...physical, ...known];
  const sums = new Map<string, MovementAt>();
  for (const one of each) {
    const key = `${one.at}|${one.movement.location}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { at: one.at, movement: plusMovement(sum.movement, one.movement) } : one);
  }
  return [...sums.values()].filter(({ movement }) => isChange(movement));
};
