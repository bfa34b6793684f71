import { describe, expect, it } from 'vitest';
import { availability } from './availability.js';
import type { AtpPolicy, ChannelPolicy, LocationSupply, Supply } from './types.js';

const now = '2026-03-01T12:00:00.000Z';

const channelOf = (channel: string, ...locations: string[]): ChannelPolicy => ({
  channel,
  connection: channel,
  locations,
  reservationTtlMillis: 900_000,
  splitCarts: false,
  revision: 0,
});
const policyOf = (channel: ChannelPolicy, ...others: ChannelPolicy[]): AtpPolicy => ({
  channel,
  channels: new Map([channel, ...others].map((policy) => [policy.channel, policy])),
});
const at = (location: string, sellable: number, committed = 0, fenced = {}): LocationSupply => ({
  location,
  sellable,
  committed,
  fenced,
});
const supplyOf = (locations: LocationSupply[], unsourced: Supply['unsourced'] = []): Supply => ({
  locations,
  unsourced,
});
const web = policyOf(channelOf('web', 'wh1', 'wh2'));

describe('availability', () => {
  it.each([
    ['nothing known', supplyOf([]), 0, [0, 0]],
    ['the sum of its locations', supplyOf([at('wh1', 3), at('wh2', 4)]), 7, [3, 4]],
    ['not a location of another channel', supplyOf([at('wh1', 3), at('wh9', 4)]), 3, [3, 0]],
    ['a short location that owes takes from the next one', supplyOf([at('wh1', -3, 5), at('wh2', 10)]), 7, [0, 7]],
    ['no more than it has committed', supplyOf([at('wh1', -3, 1), at('wh2', 10)]), 9, [0, 9]],
    ['a hole that is owed to nobody takes nothing', supplyOf([at('wh1', -3, 0), at('wh2', 10)]), 10, [0, 10]],
    [
      'what stands unsourced is owed first',
      supplyOf([at('wh1', 3), at('wh2', 4)], [{ channel: 'web', sellable: -5 }]),
      2,
      [2, 0],
    ],
    ['never below 0', supplyOf([at('wh1', 3)], [{ channel: 'web', sellable: -5 }]), 0, [0, 0]],
    ['own fenced units come on top', supplyOf([at('wh1', 3), at('wh2', 0, 0, { web: 2, b2b: 9 })]), 5, [3, 2]],
    [
      'fenced units are not owed',
      supplyOf([at('wh2', 0, 0, { web: 2 })], [{ channel: 'web', sellable: -5 }]),
      2,
      [0, 2],
    ],
  ])('%s', (_, supply, atp, byLocation) => {
    const answer = availability(supply, web, now);
    expect(answer.atp).toBe(atp);
    expect(answer.shown).toBe(atp);
    expect(answer.byLocation.map(({ quantity }) => quantity)).toEqual(byLocation);
    expect(answer.state).toBe(atp > 0 ? 'in_stock' : 'out_of_stock');
    expect(answer.tranches).toEqual(atp > 0 ? [{ quantity: atp }] : []);
  });

  it('deducts what another channel owes only where they share a location', () => {
    const supply = supplyOf([at('wh1', 5)], [{ channel: 'b2b', sellable: -2 }]);
    const own = channelOf('web', 'wh1');
    expect(availability(supply, policyOf(own, channelOf('b2b', 'wh1', 'wh3')), now).atp).toBe(3);
    expect(availability(supply, policyOf(own, channelOf('b2b', 'wh3')), now).atp).toBe(5);
    expect(availability(supply, policyOf(own), now).atp).toBe(3);
  });

  it('explains its number by terms that name their origin', () => {
    const origin = { stream: 'stock-A', revision: 4 };
    const supply = supplyOf(
      [{ ...at('wh1', 3), origin }, at('wh2', -1, 2)],
      [{ channel: 'web', sellable: -5, origin }],
    );
    expect(availability(supply, web, now).terms).toEqual([
      { term: 'sellable', quantity: 3, location: 'wh1', origin },
      { term: 'owed_by_location', quantity: -1, location: 'wh2' },
      { term: 'owed_unsourced', quantity: -5, channel: 'web', origin },
      { term: 'floor', quantity: 3 },
    ]);
  });

  it('is valid until the next hold expires', () => {
    const nextExpiry = '2026-03-01T12:15:00.000Z';
    expect(availability({ ...supplyOf([]), nextExpiry }, web, now).validUntil).toBe(nextExpiry);
    expect(availability(supplyOf([]), web, now)).not.toHaveProperty('validUntil');
  });
});
