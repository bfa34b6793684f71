import { postings, type StockEvent, type StockState } from '../src/index.js';
import { commitmentOf, coveredOf } from '../src/lines.js';
import { quantityAt, sumOf } from '../src/places.js';

/*
 * An auditor that knows the events and the states, and none of the code between them: what does not add up is a finding.
 */

const sumsBy = <Item>(
  items: Iterable<Item>,
  key: (item: Item) => string,
  quantity: (item: Item) => number,
): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const item of items) sums.set(key(item), (sums.get(key(item)) ?? 0) + quantity(item));
  return sums;
};
const sortedNonZero = (sums: Map<string, number>): string =>
  JSON.stringify([...sums].filter(([, sum]) => sum !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));

export const isPhysical = (location: string | undefined): boolean =>
  location !== undefined && !location.startsWith('unsourced:');

const bookedOf = (events: readonly StockEvent[]): string =>
  sortedNonZero(
    sumsBy(
      events.flatMap(postings).filter(({ location }) => location !== undefined),
      ({ location, account }) => `${location}|${account}`,
      ({ quantity }) => quantity,
    ),
  );
const balancesOf = (state: StockState): string =>
  sortedNonZero(
    new Map(
      [...state.balances.entries()].flatMap(([location, { fenced, shortPicked: _, ...buckets }]) => [
        ...Object.entries(buckets).map(([bucket, units]) => [`${location}|${bucket}`, units] as const),
        ...Object.entries(fenced).map(([channel, units]) => [`${location}|fenced:${channel}`, units] as const),
      ]),
    ),
  );

const balanceSums = (state: StockState, bucket: 'reserved' | 'committed'): string =>
  sortedNonZero(new Map([...state.balances.entries()].map(([location, balances]) => [location, balances[bucket]])));
const openReservations = (state: StockState): string =>
  sortedNonZero(
    sumsBy(
      [...state.holds.values()].flatMap(({ parts }) => parts),
      ({ location }) => location,
      ({ quantity }) => quantity,
    ),
  );
const openCommitments = (state: StockState): string =>
  sortedNonZero(
    sumsBy(
      [...state.lines.values()].flatMap(({ line }) => line.committed),
      ({ location }) => location,
      ({ quantity }) => quantity,
    ),
  );

const unevenHolds = (state: StockState): readonly string[] =>
  [...state.holds.entries()]
    .filter(([, { quantity, parts, incoming = [] }]) => quantity !== sumOf(parts) + sumOf(incoming) || quantity <= 0)
    .map(([reservation]) => `hold ${reservation} is not the sum of its parts`);
const unevenLines = (state: StockState): readonly string[] =>
  [...state.lines.entries()]
    .filter(([, { line }]) => coveredOf(line) !== commitmentOf(line))
    .map(([key]) => `line ${key} commits another quantity than it has open`);
const unevenPledges = (state: StockState): readonly string[] => {
  const promised = [
    ...[...state.lines.values()].flatMap(({ line }) => line.backordered ?? []),
    ...[...state.holds.values()].flatMap(({ incoming }) => incoming ?? []),
  ];
  const sums = sumsBy(
    promised,
    ({ incomingLine }) => incomingLine,
    ({ quantity }) => quantity,
  );
  const waiting = [...state.lines.values()].flatMap(({ line }) => line.backordered ?? []).length;
  return [
    ...(sortedNonZero(sums) === sortedNonZero(new Map(state.pledged.entries()))
      ? []
      : ['what is pledged is not what lines and carts were promised']),
    ...(waiting === state.promises.size ? [] : ['the promises are not those in the queue']),
  ];
};
const misfiledIncoming = ({ incoming, openIncoming }: StockState): readonly string[] => {
  const open = [...incoming.entries()].filter(
    ([, { told, received }]) => told !== undefined && told.quantity > received,
  );
  return JSON.stringify(open) === JSON.stringify([...openIncoming.entries()])
    ? []
    : ['the lines that are open are not those with units to come'];
};
const unknownUnits = (state: StockState): readonly string[] =>
  [...state.lines.entries()]
    .filter(([, { line }]) =>
      line.acknowledged?.some((one) => one.quantity <= 0 || one.quantity > quantityAt(line.committed, one.location)),
    )
    .map(([key]) => `line ${key} has more acknowledged somewhere than it commits there`);
const misplaced = (state: StockState): readonly string[] => {
  const owing = [...state.lines.values()].filter(({ order, line }) =>
    line.committed.some(({ location }) => location === `unsourced:${order.channel}`),
  );
  return owing.length === state.oversold.size ? [] : ['the lines that are owed units are not those in the queue'];
};

/** What is wrong with a state that these events have led to. */
export const findingsOn = (state: StockState, events: readonly StockEvent[]): readonly string[] => [
  ...(bookedOf(events) === balancesOf(state) ? [] : ['balances are not the sum of the postings']),
  ...(balanceSums(state, 'reserved') === openReservations(state) ? [] : ['reserved is not the open reservations']),
  ...(balanceSums(state, 'committed') === openCommitments(state) ? [] : ['committed is not the open commitments']),
  ...(state.expiries.size === state.holds.size ? [] : ['deadlines and holds differ']),
  ...unevenHolds(state),
  ...unevenLines(state),
  ...unevenPledges(state),
  ...misfiledIncoming(state),
  ...unknownUnits(state),
  ...misplaced(state),
];
