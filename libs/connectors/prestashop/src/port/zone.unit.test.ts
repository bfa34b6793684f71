import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantIn, offsetMillisAt } from './zone.js';

const hourMillis = 3_600_000;

describe("a moment of the shop's clock", () => {
  it.each([
    ['UTC', Date.UTC(2026, 6, 1, 12), Date.UTC(2026, 6, 1, 12)],
    ['Europe/Paris', Date.UTC(2026, 6, 1, 12), Date.UTC(2026, 6, 1, 10)],
    ['Europe/Paris', Date.UTC(2026, 0, 1, 12), Date.UTC(2026, 0, 1, 11)],
    ['Asia/Kathmandu', Date.UTC(2026, 0, 1, 12), Date.UTC(2026, 0, 1, 6, 15)],
    ['America/St_Johns', Date.UTC(2026, 0, 1, 12), Date.UTC(2026, 0, 1, 15, 30)],
  ])('in %s', (zone, wall, instant) => {
    expect(instantIn(zone, wall)).toBe(instant);
  });

  it('that comes twice is taken for the first', () => {
    const wall = Date.UTC(2026, 9, 25, 2, 30);
    expect(instantIn('Europe/Paris', wall)).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  it('that never comes is taken as before the change', () => {
    expect(instantIn('Europe/Paris', Date.UTC(2026, 2, 29, 2, 30))).toBe(Date.UTC(2026, 2, 29, 1, 30));
  });

  it('in a zone that is none is nothing', () => {
    expect(instantIn('Middle/Earth', 0)).toBeUndefined();
    expect(instantIn('', 0)).toBeUndefined();
  });

  it('is what clocks showed, and never later than it was', () => {
    const zones = fc.constantFrom(
      'Europe/Paris',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'UTC',
    );
    const moments = fc.integer({ min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
    fc.assert(
      fc.property(zones, moments, (zone, minutes) => {
        const instant = minutes * 60_000;
        const wall = instant + offsetMillisAt(zone, instant)!;
        const told = instantIn(zone, wall)!;
        expect(told + offsetMillisAt(zone, told)!).toBe(wall);
        expect(told).toBeLessThanOrEqual(instant);
        expect(instant - told).toBeLessThanOrEqual(hourMillis);
      }),
      { numRuns: 300 },
    );
  });
});
