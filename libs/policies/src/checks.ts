import type { BadText } from './codes.js';
import { basisPointsOfAll, type BackorderPolicy, type BufferPolicy, type PreorderPolicy, type Share } from '#atp';
import type { PolicyRefusal } from './refusals.js';

/** Units that one sold unit may take. With at most 1e9 base units an order line stays far inside safe integers. */
export const unitsPerSaleMax = 1_000_000;
/** A hold lives 1 s to 7 d, by default of its channel and by wish of a cart. */
export const reservationTtlMillisMin = 1_000;
export const reservationTtlMillisMax = 7 * 24 * 60 * 60 * 1_000;
/** How far ahead units that have not arrived may be promised: a day to a year. */
export const backorderDaysMax = 365;
/** Classes of payment that one channel tells apart; an unpaid order is looked at again after an hour to 90 days. */
export const paymentClassesMax = 16;
export const reviewAfterHoursMax = 90 * 24;
/** Locations that one channel may take from: each decision of a SKU looks at all of them. */
export const locationsPerChannelMax = 64;

/** The most units that a buffer or a cap names: as many as one movement may move. */
export const shareUnitsMax = 1_000_000_000;

/** How long units may lie before they leave: two months. */
export const handlingDaysMax = 60;
/** Channels in which one SKU has terms of its own. */
export const channelsPerSkuMax = 64;
/**
 * SKUs with terms of their own. Every process holds them in memory: 100,000 with two terms each took 28 MB, and a SKU without any
 * then cost a decision 0.3 us (measured). Counted by what the deciding process knows, so several that set policies at the same time may
 * pass it by a few.
 */
export const skuPoliciesMax = 100_000;
/** Recipes that a process holds in memory, those that have ended included: about 30 MB of bundles of four. */
export const bundlesMax = 50_000;
/** SKUs that one bundle stands for: each is a stream that an order or a cart of it speaks to. */
export const componentsPerBundleMax = 64;
/** Base units of one component in one bundle. */
export const componentUnitsMax = 1_000_000;

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

/** Units from 0, or basis points up to all of it with a ceiling in units. */
export const invalidShare = (field: string, share: Share | BufferPolicy | undefined): PolicyRefusal | undefined => {
  if (share === undefined) return undefined;
  if ('units' in share) return outOfRange(`${field}.units`, share.units, 0, shareUnitsMax);
  const { basisPoints, unitsMax } = share;
  return firstOf(
    () => outOfRange(`${field}.basisPoints`, basisPoints, 0, basisPointsOfAll),
    () => (unitsMax === undefined ? undefined : outOfRange(`${field}.unitsMax`, unitsMax, 0, shareUnitsMax)),
  );
};

export const invalidBackorder = (field: string, backorder: BackorderPolicy | undefined): PolicyRefusal | undefined =>
  backorder === undefined ? undefined : outOfRange(`${field}.horizonDays`, backorder.horizonDays, 1, backorderDaysMax);

export const invalidPreorder = (field: string, preorder: PreorderPolicy | undefined): PolicyRefusal | undefined => {
  if (preorder === undefined) return undefined;
  const { opensAt, releaseAt, unitsMax } = preorder;
  return firstOf(
    () => (opensAt < releaseAt ? undefined : { code: 'release_before_opening', field, opensAt, releaseAt }),
    () => outOfRange(`${field}.unitsMax`, unitsMax, 0, shareUnitsMax),
  );
};

/** Does the change rest on the policy as it stands? */
export const staleChange = (expected: number, revision: number): PolicyRefusal | undefined =>
  expected === revision ? undefined : { code: 'policy_changed', expected, revision };

export const reasonOf = ({ reason }: { readonly reason?: string }): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };

/** Is it the same JSON, in whatever order its members stand? */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (!isObject(a) || !isObject(b)) return a === b;
  const [membersOfA, membersOfB] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    membersOfA.length === membersOfB.size && membersOfA.every(([name, value]) => sameJson(value, membersOfB.get(name)))
  );
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Which of the fields are not the same in both. */
export const differing = <Content>(
  fields: readonly (keyof Content & string)[],
  a: Content,
  b: Content,
): readonly string[] => fields.filter((field) => !sameJson(a[field], b[field]));
