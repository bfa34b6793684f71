import { describe, expect, it } from 'vitest';
import { targetOf } from './target.js';

const wide = { min: 0, max: 2_147_483_647 };

describe('the figure to send', () => {
  it('counts what this row will still give up: a cart that holds the last unit passes the check of the shop', () => {
    expect(targetOf({ shown: 0, held: 1 }, { pendingUnits: 0 }, 1, wide)).toBe(1);
    expect(targetOf({ shown: 3, held: 0 }, { pendingUnits: 2 }, 1, wide)).toBe(5);
  });

  it('is whole sales of what there is', () => {
    expect(targetOf({ shown: 11, held: 0 }, { pendingUnits: 0 }, 6, wide)).toBe(1);
    expect(targetOf({ shown: 5, held: 1 }, { pendingUnits: 0 }, 6, wide)).toBe(1);
  });

  it('stays within what the row can hold', () => {
    expect(targetOf({ shown: -4, held: 0 }, { pendingUnits: 0 }, 1, wide)).toBe(0);
    expect(targetOf({ shown: 5_000, held: 0 }, { pendingUnits: 0 }, 1, { min: 0, max: 999 })).toBe(999);
  });
});
