import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availability } from './availability.js';
import type { AtpPolicy, Availability, ChannelPolicy, Supply } from './types.js';

const locations = ['wh1', 'wh2', 'wh3', 'shop'];
const channels = ['web', 'b2b', 'pos'];

const supplies: fc.Arbitrary<Supply> = fc.record({
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

const policies: fc.Arbitrary<AtpPolicy> = fc
  .array(fc.shuffledSubarray(locations, { minLength: 1 }), { minLength: 3, maxLength: 3 })
  .map((orders) =>
    channels.map((channel, index): ChannelPolicy => ({
      channel,
      connection: channel,
      locations: orders[index] ?? [],
      reservationTtlMillis: 1_000,
      splitCarts: false,
      revision: 0,
    })),
  )
  .map((all) => ({ channel: all[0]!, channels: new Map(all.map((one) => [one.channel, one])) }));

const sum = (items: readonly { readonly quantity: number }[]) =>
  items.reduce((total, { quantity }) => total + quantity, 0);
const isExplained = (answer: Availability): boolean =>
  sum(answer.terms) === answer.atp &&
  sum(answer.byLocation) === answer.atp &&
  sum(answer.tranches) === answer.atp &&
  answer.byLocation.every(({ quantity }) => quantity >= 0);

const holds = (answer: typeof availability) => {
  const explained = fc.property(supplies, policies, (supply, policy) =>
    isExplained(answer(supply, policy, '2026-03-01T12:00:00.000Z')),
  );
  return fc.check(explained, { numRuns: 1_000 });
};

describe('availability, whatever the supply', () => {
  it('equals the sum of its terms, of its locations and of its tranches', () => {
    const outcome = holds(availability);
    expect(outcome.failed, fc.defaultReportMessage(outcome)).toBe(false);
  });

  it('control: one that forgets what is owed unsourced is found', () => {
    const broken: typeof availability = (supply, policy, now) => {
      const without = availability({ ...supply, unsourced: [] }, policy, now);
      return { ...availability(supply, policy, now), atp: without.atp };
    };
    expect(holds(broken).failed).toBe(true);
  });
});
