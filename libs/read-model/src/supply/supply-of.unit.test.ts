import { describe, expect, it } from 'vitest';
import type { SkuRow } from './sku-rows.js';
import { heldByListing, heldListingsMax } from './supply-of.js';

const row = (held: SkuRow['held_by_listing'], expired: SkuRow['expired'] = null): SkuRow => ({
  ...{ sku: 'A', revision: 0, position: 1, opened_at: '2026-01-01T00:00:00.000Z', at: '2026-01-01T00:00:00.000Z' },
  ...{ balances: null, fences: null, quotas: null, held: null, incoming: null, preordered: null, next_expiry: null },
  ...{ policy: null, listed_by: [], held_by_listing: held, expired },
});

const part = (quantity: number) => ({ location: 'wh1', from: 'sellable', quantity }) as const;

describe('units held by listing', () => {
  it('are those of the channel, less what has expired', () => {
    const held = [
      ['web', '42', 5],
      ['b2b', '42', 7],
      ['web', '43', 2],
    ] as const;
    const expired = [
      ['web', 3, [part(1), part(2)], [], '42'],
      ['web', 2, [part(2)], [], '43'],
      ['web', 9, [part(9)], [], null],
      ['b2b', 1, [part(1)], [], '42'],
    ] as const;
    expect(heldByListing(row(held, expired), 'web')).toEqual({ '42': 2 });
    expect(heldByListing(row(held), 'web')).toEqual({ '42': 5, '43': 2 });
    expect(heldByListing(row(null), 'web')).toEqual({});
  });

  it('of too many listings are those of the listings that hold most', () => {
    const many = Array.from({ length: heldListingsMax + 1 }, (_, index) => ['web', `${index}`, index + 1] as const);
    const kept = heldByListing(row(many), 'web');
    expect(Object.keys(kept)).toHaveLength(heldListingsMax);
    expect(kept['0']).toBeUndefined();
    expect(kept[`${heldListingsMax}`]).toBe(heldListingsMax + 1);
  });

  it('may be of a listing by any name', () => {
    expect(Object.entries(heldByListing(row([['web', '__proto__', 1]]), 'web'))).toEqual([['__proto__', 1]]);
  });
});
