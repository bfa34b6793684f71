import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availability } from './availability.js';
import { bufferEffects, locationStates } from './types.js';
import type { AtpPolicy, Availability, BufferPolicy, ChannelPolicy, PreorderPolicy, Share, Supply } from './types.js';

const locations = ['wh1', 'wh2', 'wh3', 'shop'];
const channels = ['web', 'b2b', 'pos'];

const now = '2026-03-01T12:00:00.000Z';
const inHours = (hours: number): string => new Date(Date.parse(now) + hours * 3_600_000).toISOString();
const dates = fc.integer({ min: -60, max: 360 }).map(inHours);
const incoming: fc.Arbitrary<NonNullable<Supply['incoming']>> = fc.uniqueArray(
  fc
    .record({
      line: fc.constantFrom('po1', 'po2', 'po3'),
      location: fc.constantFrom(...locations),
      quantity: fc.integer({ min: 1, max: 30 }),
      eta: fc.option(dates, { nil: undefined }),
      confirmed: fc.constantFrom(true, true, false),
      confidence: fc.constantFrom(10_000, 9_000, 0),
      pledged: fc.nat(12),
    })
    .map(({ eta, ...line }) => ({ ...line, ...(eta !== undefined && { eta }) })),
  { selector: ({ line }) => line },
);

const supplies: fc.Arbitrary<Supply> = fc.record({
  incoming,
  preordered: fc.constantFrom([], [{ line: '$preorder:web', filled: 2, pledged: 3 }]),
  locations: fc.uniqueArray(
    fc.record({
      location: fc.constantFrom(...locations),
      sellable: fc.integer({ min: -20, max: 40 }),
      committed: fc.nat(20),
      fenced: fc.dictionary(fc.constantFrom(...channels), fc.nat(9)),
    }),
    { selector: ({ location }) => location },
  ),
  unsourced: fc.uniqueArray(
    fc.record({ channel: fc.constantFrom(...channels), sellable: fc.integer({ min: -15, max: 0 }) }),
    { selector: ({ channel }) => channel },
  ),
});

const shares: fc.Arbitrary<Share> = fc.oneof(
  fc.record({ units: fc.nat(30) }),
  fc.record({ basisPoints: fc.nat(10_000), unitsMax: fc.nat(30) }),
  fc.record({ basisPoints: fc.nat(10_000) }),
);
const buffers: fc.Arbitrary<BufferPolicy> = fc
  .tuple(shares, fc.constantFrom(...bufferEffects))
  .map(([share, effect]) => ({ ...share, effect }));

const preorders: fc.Arbitrary<PreorderPolicy | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: -48, max: 48 }), fc.integer({ min: 1, max: 72 }), fc.nat(30))
      .map(([opens, lasts, unitsMax]) => ({ opensAt: inHours(opens), releaseAt: inHours(opens + lasts), unitsMax })),
  },
);

const displays = fc
  .tuple(fc.option(buffers), fc.option(shares), fc.constantFrom(undefined, 1, 7), preorders)
  .map(([buffer, cap, horizonDays, preorder]) => ({
    ...(preorder && { preorder }),
    ...(buffer && { buffer }),
    ...(cap && { cap }),
    ...(horizonDays !== undefined && { backorder: { horizonDays } }),
  }));

const standings: fc.Arbitrary<AtpPolicy['locations']> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...locations),
      fc.constantFrom(...locationStates),
      fc.constantFrom(undefined, '09:00', '12:00', '17:30'),
    ),
  )
  .map(
    (places) =>
      new Map(
        places.map(([location, state, cutOff]) => [
          location,
          {
            ...{ state, revision: 2 },
            ...(cutOff !== undefined && { dispatch: { cutOff, timeZone: 'Europe/Paris', handlingDays: 1 } }),
          },
        ]),
      ),
  );

const policies: fc.Arbitrary<AtpPolicy> = fc
  .tuple(
    fc.array(fc.shuffledSubarray(locations, { minLength: 1 }), { minLength: 3, maxLength: 3 }),
    displays,
    standings,
  )
  .map(([orders, display, places]) => {
    const all = channels.map((channel, index): ChannelPolicy => ({
      channel,
      connection: channel,
      locations: orders[index] ?? [],
      reservationTtlMillis: 1_000,
      splitCarts: false,
      ...display,
      revision: 4,
    }));
    return { channel: all[0]!, channels: new Map(all.map((one) => [one.channel, one])), locations: places };
  });

const sum = (items: readonly { readonly quantity: number }[]) =>
  items.reduce((total, { quantity }) => total + quantity, 0);
const isExplained = (answer: Availability): boolean =>
  sum(answer.terms) === answer.atp &&
  sum(answer.byLocation) === answer.atp &&
  sum(answer.tranches) === answer.atp &&
  answer.atp + sum(answer.shownTerms) === answer.shown &&
  answer.shown >= 0 &&
  answer.shown <= answer.atp &&
  (answer.state === 'out_of_stock') === (answer.atp === 0) &&
  (answer.state === 'limited') === (answer.atp > 0 && answer.shown === 0) &&
  answer.byLocation.every(({ quantity }) => quantity >= 0);

const holds = (answer: typeof availability) => {
  const explained = fc.property(supplies, policies, (supply, policy) => isExplained(answer(supply, policy, now)));
  return fc.check(explained, { numRuns: 1_000 });
};

describe('availability, whatever the supply', () => {
  it('equals the sum of its terms, of its locations and of its tranches', () => {
    const outcome = holds(availability);
    expect(outcome.failed, fc.defaultReportMessage(outcome)).toBe(false);
  });

  it('promises nothing from a location that is not open, and no more for it', () => {
    fc.assert(
      fc.property(supplies, policies, (supply, policy) => {
        const answer = availability(supply, policy, now);
        for (const { location, quantity } of answer.byLocation)
          if ((policy.locations.get(location)?.state ?? 'open') !== 'open') expect(quantity).toBe(0);
        // What another channel owes at a place that is shut is not owed from the others (docs/adr/0011).
        const own = { ...supply, unsourced: supply.unsourced.filter(({ channel }) => channel === 'web') };
        const allOpen = availability(own, { ...policy, locations: new Map() }, now);
        expect(availability(own, policy, now).atp).toBeLessThanOrEqual(allOpen.atp);
      }),
    );
  });

  it('stays what it is until its validUntil, and is another one then', () => {
    const bare = ({ validUntil: _validUntil, ...answer }: Availability) => JSON.stringify(answer);
    fc.assert(
      fc.property(supplies, policies, fc.double({ min: 0, max: 1, noNaN: true }), (supply, policy, share) => {
        const answer = availability(supply, policy, now);
        const from = Date.parse(now);
        const until = answer.validUntil === undefined ? from + 400 * 3_600_000 : Date.parse(answer.validUntil);
        const between = new Date(from + Math.floor((until - 1 - from) * share)).toISOString();
        expect(bare(availability(supply, policy, between))).toBe(bare(answer));
        // A pre-order that has nothing to sell and nothing to keep back changes nothing when it ends, nor do units that are owed.
        const isPlain = policy.channel.preorder === undefined && !answer.terms.some(({ term }) => term === 'floor');
        if (answer.validUntil !== undefined && isPlain)
          expect(bare(availability(supply, policy, answer.validUntil))).not.toBe(bare(answer));
      }),
      { numRuns: 1_000 },
    );
  });

  it('a hard buffer keeps back what it says, as far as there is any; a soft one and a cap leave atp alone', () => {
    fc.assert(
      fc.property(supplies, policies, (supply, policy) => {
        const { buffer, cap: _cap, preorder: _preorder, ...bare } = policy.channel;
        const without = availability(supply, { ...policy, channel: bare }, now);
        const { atp } = availability(supply, { ...policy, channel: { ...bare, ...(buffer && { buffer }) } }, now);
        const first = without.terms.findIndex(({ term }) => term === 'fenced' || term === 'incoming');
        const own = first < 0 ? 0 : sum(without.terms.slice(first));
        const pool = without.atp - own;
        if (buffer?.effect !== 'hard') {
          expect(atp).toBe(without.atp);
          return;
        }
        const share = 'units' in buffer ? buffer.units : Math.ceil((pool * buffer.basisPoints) / 10_000);
        const kept = Math.min(share, 'units' in buffer ? share : (buffer.unitsMax ?? share));
        expect(atp).toBe(Math.max(0, pool - kept) + own);
      }),
    );
  });

  it('control: one that forgets what is owed unsourced is found', () => {
    const broken: typeof availability = (supply, policy, now) => {
      const without = availability({ ...supply, unsourced: [] }, policy, now);
      return { ...availability(supply, policy, now), atp: without.atp };
    };
    expect(holds(broken).failed).toBe(true);
  });
});
