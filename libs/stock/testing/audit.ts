import { availability } from '#atp';
import type { Instant } from '#event-sourcing';
import { postings, quotaIn, supplyOf, type StockEvent, type StockState } from '../src/index.js';
import { commitmentOf, coveredOf } from '../src/lines.js';
import { quantityAt, sumOf } from '../src/places.js';
import { policy } from './company.js';

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

const isPhysical = (location: string | undefined): boolean =>
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

const sellableTaken = (event: StockEvent): readonly string[] =>
  event.data.parts
    .filter(({ location, from }) => from === 'sellable' && isPhysical(location))
    .map(({ location }) => location);

const sellableAt = (state: StockState, location: string): number => state.balances.get(location)?.sellable ?? 0;

const beyondAtp = (event: StockEvent, before: StockState, now: Instant): readonly string[] => {
  if (event.type !== 'StockReserved') return [];
  const channel = policy.channels.get(event.data.channel);
  if (!channel) return [`reserved for an unknown channel`];
  const { atp } = availability(
    supplyOf(before, now),
    { channel, channels: policy.channels, locations: policy.locations },
    now,
  );
  const taken = sumOf(event.data.parts) + sumOf((event.data.pledges ?? []).filter(({ quantity }) => quantity > 0));
  return [
    ...(taken > event.data.decidedOn.atp ? [`reserved ${taken} on an atp of ${event.data.decidedOn.atp}`] : []),
    ...(event.data.decidedOn.atp === atp
      ? []
      : [`decided on an atp of ${event.data.decidedOn.atp} where it was ${atp}`]),
  ];
};

const byOrders: readonly StockEvent['type'][] = ['CommitmentChanged', 'CommitmentMoved', 'StockReserved'];

/** Whose cart or order an event serves. */
const channelOf = ({ data }: StockEvent): string | undefined => {
  if ('order' in data) return data.order.channel;
  return 'channel' in data ? data.channel : undefined;
};

const fencedForOthers = (event: StockEvent): readonly string[] =>
  event.data.parts
    .filter(({ from, to }) => from.startsWith('fenced:') && to !== 'sellable' && from !== `fenced:${channelOf(event)}`)
    .map(({ from }) => `${event.type} takes units that are ${from}`);

/** What is wrong with the quotas of a state that nothing more is to follow. */
export const findingsOnQuotas = (state: StockState): readonly string[] =>
  [...state.quotas.values()].flatMap((quota) => {
    const { location, channel } = quota;
    const { fenced, lacking } = quotaIn(state, quota);
    const sellable = sellableAt(state, location);
    return [
      ...(fenced > Math.max(0, quota.quantity - quota.spent)
        ? [`${channel} at ${location}: fenced beyond the quota`]
        : []),
      ...(lacking > 0 && sellable > 0 ? [`${channel} at ${location}: lacks units that are free`] : []),
      ...(fenced > 0 && sellable < 0 ? [`${channel} at ${location}: keeps units that are not there`] : []),
    ];
  });

/** Units that are free although somebody waits for them whom they may serve. */
export const findingsOnWaiting = (state: StockState): readonly string[] =>
  [...state.lines.values()].flatMap(({ order, line }) => {
    const waits = [
      ...(line.committed.some(({ location }) => location.startsWith('unsourced:')) ? ['owed'] : []),
      ...((line.backordered ?? []).length > 0 ? ['promised'] : []),
    ];
    const fenced = (location: string): number => state.balances.get(location)?.fenced[order.channel] ?? 0;
    const free =
      policy.channels
        .get(order.channel)
        ?.locations.filter((location) => sellableAt(state, location) > 0 || fenced(location) > 0) ?? [];
    return free.length === 0
      ? []
      : waits.map((what) => `${order.orderKey} is ${what} units that are free at ${free.join()}`);
  });

/** What is wrong with an event, between the states before and after it. */
export const findingsOf = (
  event: StockEvent,
  before: StockState,
  after: StockState,
  now: Instant,
): readonly string[] => [
  ...(sumOf(postings(event)) === 0 ? [] : [`${event.type} makes or loses units`]),
  ...(event.data.parts.every(({ quantity }) => Number.isSafeInteger(quantity) && quantity > 0)
    ? []
    : [`${event.type} moves no whole units`]),
  ...beyondAtp(event, before, now),
  ...fencedForOthers(event),
  ...(byOrders.includes(event.type) ? sellableTaken(event) : [])
    .filter((location) => sellableAt(after, location) < 0)
    .map((location) => `${event.type} drives ${location} below 0`),
];
