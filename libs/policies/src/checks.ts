import type { BadText } from './codes.js';
import type { PolicyRefusal } from './refusals.js';

/** Units that one sold unit may take. With at most 1e9 base units an order line stays far inside safe integers. */
export const unitsPerSaleMax = 1_000_000;
/** A hold lives 1 s to 7 d, by default of its channel and by wish of a cart. */
export const reservationTtlMillisMin = 1_000;
export const reservationTtlMillisMax = 7 * 24 * 60 * 60 * 1_000;
/** Locations that one channel may take from: each decision of a SKU looks at all of them. */
export const locationsPerChannelMax = 64;

/** The first refusal of checks in their documented order. */
export const firstOf = (...checks: readonly (() => PolicyRefusal | undefined)[]): PolicyRefusal | undefined => {
  for (const check of checks) {
    const refusal = check();
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

export const invalid = (field: string, reason: BadText | undefined): PolicyRefusal | undefined =>
  reason === undefined ? undefined : { code: 'invalid', field, reason };

export const outOfRange = (field: string, value: number, min: number, max: number): PolicyRefusal | undefined =>
  Number.isSafeInteger(value) && value >= min && value <= max
    ? undefined
    : { code: 'out_of_range', field, value, min, max };
