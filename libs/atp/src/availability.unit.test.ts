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
  locations: new Map(),
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

  it('deducts nothing that another channel owes where the locations that they share are not open', () => {
    const supply = supplyOf([at('wh1', 100), at('wh2', 50)], [{ channel: 'b2b', sellable: -100 }]);
    const shared = policyOf(channelOf('web', 'wh1', 'wh2'), channelOf('b2b', 'wh1'));
    expect(availability(supply, shared, now).atp).toBe(50);
    const shut = { ...shared, locations: new Map([['wh1', { state: 'counting', revision: 1 } as const]]) };
    expect(availability(supply, shut, now).atp).toBe(50);
    const own = supplyOf([at('wh1', 100), at('wh2', 50)], [{ channel: 'web', sellable: -20 }]);
    expect(availability(own, shut, now).atp).toBe(30);
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

  const origin = { stream: 'policy-channel-web', revision: 0 };
  const under = (display: Pick<ChannelPolicy, 'buffer' | 'cap'>, supply = supplyOf([at('wh1', 3), at('wh2', 4)])) =>
    availability(supply, policyOf({ ...channelOf('web', 'wh1', 'wh2'), ...display }), now);

  it.each<[string, Pick<ChannelPolicy, 'buffer' | 'cap'>, number, number[], number]>([
    ['a hard buffer, from the last location on', { buffer: { effect: 'hard', units: 5 } }, 2, [2, 0], 2],
    ['a hard buffer beyond all there is', { buffer: { effect: 'hard', units: 50 } }, 0, [0, 0], 0],
    ['a share of the pool, rounded up', { buffer: { effect: 'hard', basisPoints: 1_500 } }, 5, [3, 2], 5],
    ['a share with a ceiling', { buffer: { effect: 'hard', basisPoints: 9_000, unitsMax: 1 } }, 6, [3, 3], 6],
    ['a soft buffer: from display alone', { buffer: { effect: 'soft', units: 5 } }, 7, [3, 4], 2],
    ['a cap', { cap: { units: 4 } }, 7, [3, 4], 4],
    ['a cap as a share, rounded down', { cap: { basisPoints: 5_000 } }, 7, [3, 4], 3],
    [
      'both: the cap counts what the soft buffer has left',
      { buffer: { effect: 'soft', units: 5 }, cap: { units: 4 } },
      7,
      [3, 4],
      2,
    ],
    ['nothing kept and no limit', { buffer: { effect: 'soft', units: 0 }, cap: { units: 7 } }, 7, [3, 4], 7],
  ])('keeps back: %s', (_, display, atp, byLocation, shown) => {
    const answer = under(display);
    expect([answer.atp, answer.byLocation.map(({ quantity }) => quantity), answer.shown]).toEqual([
      atp,
      byLocation,
      shown,
    ]);
  });

  it('explains what is kept back by the policy that says so, and is limited where it shows nothing', () => {
    expect(under({ buffer: { effect: 'hard', units: 5 } }).terms.at(-1)).toEqual({
      term: 'hard_buffer',
      quantity: -5,
      origin,
    });
    const answer = under({ buffer: { effect: 'soft', units: 5 }, cap: { units: 0 } });
    expect(answer).toMatchObject({ atp: 7, shown: 0, state: 'limited', tranches: [{ quantity: 7 }] });
    expect(answer.shownTerms).toEqual([
      { term: 'soft_buffer', quantity: -5, origin },
      { term: 'cap', quantity: -2, origin },
    ]);
  });

  it('a buffer is worked out of the pool: fenced units are neither kept back nor counted', () => {
    const supply = supplyOf([at('wh1', 10, 0, { web: 6 })]);
    expect(under({ buffer: { effect: 'hard', basisPoints: 5_000 } }, supply)).toMatchObject({ atp: 11, shown: 11 });
  });

  it.each(['no_new_orders', 'counting', 'closed'] as const)('promises nothing from a location that is %s', (state) => {
    const places = new Map([['wh1', { state, revision: 6 }]]);
    const policy = { ...web, locations: places };
    const answer = availability(supplyOf([at('wh1', 3, 0, { web: 2 }), at('wh2', 4)]), policy, now);
    expect(answer).toMatchObject({ atp: 4, byLocation: [{ quantity: 0 }, { quantity: 4 }] });
    expect(answer.terms).toEqual([
      { term: 'sellable', quantity: 3, location: 'wh1' },
      { term: 'not_open', quantity: -3, location: 'wh1', origin: { stream: 'policy-location-wh1', revision: 6 } },
      { term: 'sellable', quantity: 4, location: 'wh2' },
      { term: 'fenced', quantity: 2, location: 'wh1', channel: 'web' },
      { term: 'not_open', quantity: -2, location: 'wh1', origin: { stream: 'policy-location-wh1', revision: 6 } },
    ]);
    expect(availability(supplyOf([at('wh1', -3, 5), at('wh2', 4)]), policy, now).atp).toBe(1);
  });

  it('is valid until the next hold expires', () => {
    const nextExpiry = '2026-03-01T12:15:00.000Z';
    expect(availability({ ...supplyOf([]), nextExpiry }, web, now).validUntil).toBe(nextExpiry);
    expect(availability(supplyOf([]), web, now)).not.toHaveProperty('validUntil');
  });
});
