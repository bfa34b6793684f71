import { availability } from '#atp';
import type { Instant } from '#event-sourcing';
import { postings, quotaIn, supplyOf, type StockEvent, type StockState } from '../src/index.js';
import { sumOf } from '../src/places.js';
import { isPhysical } from './audit-states.js';
import { policy } from './company.js';

/* The same auditor, on single events and on who waits for units. */

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
