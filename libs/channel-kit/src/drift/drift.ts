import type { Millis } from '../row/row-history.js';

/** A row read below what was expected, with nothing of ours under way. Units of the listing, positive. */
export type Sample = { readonly units: number; readonly at: Millis };

/** Two samples so far apart are not one order in the making. */
export const samplesApartMillisMin = 60_000;

export type DriftFinding =
  | { readonly kind: 'none' }
  /** Below for the first time, or by another number than before: it is looked at again. */
  | { readonly kind: 'watching'; readonly since: Sample }
  | { readonly kind: 'drift'; readonly units: number };

/** The same units missing twice, a minute apart. @param units 0: the row shows what was expected */
export const driftAfter = (before: Sample | undefined, units: number, at: Millis): DriftFinding => {
  if (units <= 0) return { kind: 'none' };
  if (before?.units !== units) return { kind: 'watching', since: { units, at } };
  return at - before.at < samplesApartMillisMin ? { kind: 'watching', since: before } : { kind: 'drift', units };
};

/** What a channel's drift has cost so far. */
export type DriftRecord = {
  /** Rows of the channel raised by drift today. */
  readonly raisedToday: number;
  /** When this row was raised by drift, oldest first. */
  readonly raisedAt: readonly Millis[];
  /** Rows of the channel that drift now, and all of its rows. */
  readonly drifting: number;
  readonly rows: number;
};

export const driftLimits = {
  /** A row is raised without a person by a tenth of what was expected, by 2 in any case and by 10 at the most. */
  shareMax: 0.1,
  unitsMin: 2,
  unitsMax: 10,
  rowsADayMax: 50,
  /** Somebody else writes a row that was raised so often within a day. */
  raisesMax: 3,
  raisesWithinMillis: 86_400_000,
  /** Beyond this share of its rows it is the shop that is wrong, not its rows; of a handful nothing is said. */
  driftingShareMax: 0.2,
  driftingRowsMin: 5,
} as const;

export type DriftDecision =
  | { readonly kind: 'raise' }
  /** Evidence is kept, falls go on, a person says what is right. */
  | { readonly kind: 'hold'; readonly why: 'too_much' | 'again_and_again' | 'budget_spent' | 'shop_suspect' };

const raisableUnits = (expected: number): number => {
  const { shareMax, unitsMin, unitsMax } = driftLimits;
  return Math.min(unitsMax, Math.max(unitsMin, Math.floor(expected * shareMax)));
};

export const isSuspect = ({ drifting, rows }: DriftRecord): boolean =>
  drifting >= driftLimits.driftingRowsMin && drifting > rows * driftLimits.driftingShareMax;

/** Whether a row that drifts is raised to what it should show by itself. */
export const decideDrift = (units: number, expected: number, record: DriftRecord, now: Millis): DriftDecision => {
  const { raisesMax, raisesWithinMillis, rowsADayMax } = driftLimits;
  if (isSuspect(record)) return { kind: 'hold', why: 'shop_suspect' };
  if (record.raisedAt.filter((at) => now - at < raisesWithinMillis).length >= raisesMax)
    return { kind: 'hold', why: 'again_and_again' };
  if (units > raisableUnits(expected)) return { kind: 'hold', why: 'too_much' };
  return record.raisedToday >= rowsADayMax ? { kind: 'hold', why: 'budget_spent' } : { kind: 'raise' };
};
