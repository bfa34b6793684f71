import { describe, expect, it } from 'vitest';
import { decideDrift, driftAfter, driftLimits, samplesApartMillisMin, type DriftRecord } from './drift.js';

const calm: DriftRecord = { raisedToday: 0, raisedAt: [], drifting: 1, rows: 5_000 };
const hold = (why: string) => ({ kind: 'hold', why });

describe('drift', () => {
  it('is the same units missing twice, a minute apart', () => {
    const first = driftAfter(undefined, 3, 1_000);
    expect(first).toEqual({ kind: 'watching', since: { units: 3, at: 1_000 } });
    const since = { units: 3, at: 1_000 };
    expect(driftAfter(since, 3, 1_000 + samplesApartMillisMin - 1)).toEqual({ kind: 'watching', since });
    expect(driftAfter(since, 3, 1_000 + samplesApartMillisMin)).toEqual({ kind: 'drift', units: 3 });
  });

  it('begins anew when other units are missing, and ends when none are', () => {
    const since = { units: 3, at: 1_000 };
    expect(driftAfter(since, 2, 90_000)).toEqual({ kind: 'watching', since: { units: 2, at: 90_000 } });
    expect(driftAfter(since, 0, 90_000)).toEqual({ kind: 'none' });
  });

  it('is raised within a tenth, by 2 in any case, by 10 at most', () => {
    expect(decideDrift(2, 5, calm, 0)).toEqual({ kind: 'raise' });
    expect(decideDrift(3, 5, calm, 0)).toEqual(hold('too_much'));
    expect(decideDrift(10, 100, calm, 0)).toEqual({ kind: 'raise' });
    expect(decideDrift(11, 1_000, calm, 0)).toEqual(hold('too_much'));
  });

  it('is held when the row was raised three times within a day', () => {
    const raisedAt = [1, 2, 3];
    expect(decideDrift(1, 5, { ...calm, raisedAt }, 10)).toEqual(hold('again_and_again'));
    expect(decideDrift(1, 5, { ...calm, raisedAt }, driftLimits.raisesWithinMillis + 1)).toEqual({ kind: 'raise' });
  });

  it('is held when the day is full, or when the shop as a whole is wrong', () => {
    expect(decideDrift(1, 5, { ...calm, raisedToday: driftLimits.rowsADayMax }, 0)).toEqual(hold('budget_spent'));
    expect(decideDrift(1, 5, { ...calm, drifting: 1_001 }, 0)).toEqual(hold('shop_suspect'));
    expect(decideDrift(1, 5, { ...calm, drifting: 1_000 }, 0)).toEqual({ kind: 'raise' });
    expect(decideDrift(1, 5, { ...calm, drifting: 2, rows: 3 }, 0)).toEqual({ kind: 'raise' });
  });
});
