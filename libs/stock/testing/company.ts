import { instantOf, millisOf, type Instant, type Known } from '#event-sourcing';
import type { ChannelPolicy, LocationPolicy } from '#atp';
import type { StockPolicy } from '../src/policy.js';
import type { FactRecord } from '../src/state/facts.js';

/* A small company for this lib's tests: two warehouses and a shop floor, two channels and a till. */

export const now: Instant = '2026-03-01T12:00:00.000Z';
export const at = (time: string): Instant => `2026-03-01T${time}:00.000Z`;
export const later = (seconds: number, from: Instant = now): Instant => instantOf(millisOf(from) + seconds * 1_000);
/** In seconds, for `later`. */
export const day = 86_400;

const channel = (name: string, locations: readonly string[], splitCarts = false): ChannelPolicy => ({
  channel: name,
  connection: `${name}_shop`,
  locations,
  reservationTtlMillis: 900_000,
  splitCarts,
  ...(name !== 'pos' && { backorder: { horizonDays: 7 } }),
  revision: 3,
});
const location = (name: string, author: string, authors: LocationPolicy['authors'] = {}): LocationPolicy => ({
  location: name,
  author,
  authors,
  kind: 'own',
  state: 'open',
  revision: 0,
});

export const policy: StockPolicy = {
  channels: new Map(
    [channel('web', ['wh1', 'wh2']), channel('b2b', ['wh2', 'wh1'], true), channel('pos', ['floor'])].map((one) => [
      one.channel,
      one,
    ]),
  ),
  locations: new Map(
    [location('wh1', 'wms'), location('wh2', 'wms'), location('floor', 'till', { count: 'scanner' })].map((one) => [
      one.location,
      one,
    ]),
  ),
};
export const nothingKnown: Known<FactRecord> = { facts: new Map(), elsewhere: new Map() };

/** @throws Error where the company has no such channel */
export const channelNamed = (name: string, { channels }: StockPolicy = policy): ChannelPolicy => {
  const found = channels.get(name);
  if (!found) throw new Error(`no channel ${name}`);
  return found;
};

/** The company with something else of one channel. */
export const withChannel = (name: string, rest: Partial<ChannelPolicy>): StockPolicy => ({
  ...policy,
  channels: new Map(policy.channels).set(name, { ...channelNamed(name), ...rest }),
});

/** The company with something else of one location. @throws Error where it has no such location */
export const withLocation = (name: string, rest: Partial<LocationPolicy>): StockPolicy => {
  const found = policy.locations.get(name);
  if (!found) throw new Error(`no location ${name}`);
  return { ...policy, locations: new Map(policy.locations).set(name, { ...found, ...rest }) };
};
