import { describe, expect, it } from 'vitest';
import { checks, created, recorded, stories } from './checks.js';
import { asRecorded, openShop, otherwise } from './play.js';
import { shuffled } from './shuffle.js';

describe('what orders do to stock, as recorded', () => {
  it.each(checks)('$name', ({ play }) => play(openShop(asRecorded), asRecorded));

  it('is all of it', () => {
    expect([Object.keys(recorded.transitions).length, created.length, recorded.checkout.length]).toEqual([70, 20, 6]);
    const steps = stories.reduce((sum, { steps: all }) => sum + all.length, 0);
    const lines = recorded.edit.length + recorded.delete.length + recorded.admin.length;
    expect([stories.length, steps]).toEqual([stories.length, lines - stories.length]);
  });
});

describe('the same with other ids, units and stock, in one shop', () => {
  it.each([1, 2, 3])('in another order, %i', async (seed) => {
    const shop = openShop(otherwise);
    for (const { name, play } of shuffled(checks, seed))
      await expect(play(shop, otherwise), name).resolves.toBeUndefined();
  });
});
