import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availability } from './availability.js';
import { channelFor, channelsFor } from './own-terms.js';
import type { ChannelPolicy, SkuPolicy, SkuTerms, Supply } from './types.js';

const now = '2026-03-01T12:00:00.000Z';
const channel: ChannelPolicy = {
  channel: 'web',
  connection: 'shop',
  locations: ['wh1'],
  reservationTtlMillis: 900_000,
  splitCarts: false,
  buffer: { effect: 'hard', units: 3 },
  cap: { units: 20 },
  backorder: { horizonDays: 14 },
  revision: 4,
};
const own = (terms: SkuTerms): SkuPolicy => ({ sku: 'A', channels: { web: terms }, revision: 2 });
const origin = { stream: 'policy-sku-A', revision: 2 };
const supply: Supply = {
  locations: [{ location: 'wh1', sellable: 30, committed: 0, fenced: {} }],
  unsourced: [],
};
const answer = (of: ChannelPolicy) =>
  availability(supply, { channel: of, channels: new Map([['web', of]]), locations: new Map() }, now);

describe('a channel, for a SKU', () => {
  it('is the very same where the SKU has nothing of its own in it', () => {
    expect(channelFor(channel, undefined)).toBe(channel);
    expect(channelFor(channel, { sku: 'A', channels: { b2b: { cap: { units: 1 } } }, revision: 2 })).toBe(channel);
    expect(channelFor({ ...channel, channel: 'to_string' }, own({}))).toMatchObject({ channel: 'to_string' });
  });

  it('has the terms of the SKU in the place of its own, and says of which they are', () => {
    const buffer = { effect: 'soft', units: 1 } as const;
    expect(channelFor(channel, own({ buffer }))).toEqual({ ...channel, buffer, overridden: { buffer: origin } });
    expect(channelFor(channel, own({ cap: { units: 2 } }))).toEqual({
      ...channel,
      cap: { units: 2 },
      overridden: { cap: origin },
    });
  });

  it('sells no more than arrives of a SKU that is never backordered', () => {
    const { backorder: _backorder, ...without } = channel;
    expect(channelFor(channel, own({ backorder: 'never' }))).toEqual({ ...without, overridden: { backorder: origin } });
    expect(channelFor(without, own({ backorder: { horizonDays: 2 } }))).toMatchObject({
      backorder: { horizonDays: 2 },
    });
  });

  it('explains each number by whoever said it', () => {
    expect(answer(channel)).toMatchObject({
      terms: [{ term: 'sellable' }, { term: 'hard_buffer', origin: { stream: 'policy-channel-web', revision: 4 } }],
      shownTerms: [{ term: 'cap', quantity: -7, origin: { stream: 'policy-channel-web', revision: 4 } }],
    });
    expect(answer(channelFor(channel, own({ buffer: { effect: 'hard', units: 5 } })))).toMatchObject({
      atp: 25,
      terms: [{ term: 'sellable' }, { term: 'hard_buffer', quantity: -5, origin }],
      shownTerms: [{ term: 'cap', origin: { stream: 'policy-channel-web', revision: 4 } }],
    });
    const quiet = own({ buffer: { effect: 'soft', units: 9 }, cap: { units: 8 } });
    expect(answer(channelFor(channel, quiet))).toMatchObject({
      atp: 30,
      shownTerms: [
        { term: 'soft_buffer', quantity: -9, origin },
        { term: 'cap', quantity: -13, origin },
      ],
    });
  });

  it('promises what a channel with those terms of its own promises', () => {
    const share = fc.oneof(fc.record({ units: fc.nat(40) }), fc.record({ basisPoints: fc.nat(10_000) }));
    const buffer = fc.tuple(share, fc.constantFrom('hard', 'soft')).map(([of, effect]) => ({ ...of, effect }));
    const terms = fc.record({ buffer, cap: share }, { requiredKeys: [] });
    fc.assert(
      fc.property(terms, (asked) => {
        const numbers = ({ atp, shown, byLocation, state }: ReturnType<typeof answer>) => [
          atp,
          shown,
          byLocation,
          state,
        ];
        expect(numbers(answer(channelFor(channel, own(asked))))).toEqual(numbers(answer({ ...channel, ...asked })));
      }),
    );
  });

  it('leaves the other channels as they are', () => {
    const b2b = { ...channel, channel: 'b2b' };
    const all = new Map([
      ['web', channel],
      ['b2b', b2b],
    ]);
    const its = channelsFor(all, own({ cap: { units: 1 } }));
    expect([...its.keys()]).toEqual(['web', 'b2b']);
    expect(its.get('b2b')).toBe(b2b);
    expect(its.get('web')).toMatchObject({ cap: { units: 1 } });
  });
});
