import type { SkuRow } from '../supply/sku-rows.js';
import { bucketsOf } from './buckets.js';
import type { LocationBalance } from './types.js';

/** A SKU's balances as they stand in its stream: expired holds are still reserved until their release is recorded. */
export const balancesOf = ({ balances, fences }: SkuRow): readonly LocationBalance[] =>
  (balances ?? []).map(([location, revision, sellable, reserved, committed, quarantined, damaged]) => {
    const there = (fences ?? []).filter(([at]) => at === location);
    const fenced = Object.fromEntries(there.map(([, channel, quantity]) => [channel, quantity]));
    return { location, revision, ...bucketsOf({ sellable, reserved, committed, quarantined, damaged, fenced }) };
  });
