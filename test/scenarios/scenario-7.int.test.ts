import { describe, expect, it } from 'vitest';
import { skip } from '../week/scene.js';
import { states, useMarketTowns } from './town.js';

const open = useMarketTowns();
const minute = 60_000;
const hour = 60 * minute;

describe('scenario 7: a day in shadow', () => {
  it('writes nothing, logs a change once however often it is looked at, and ends equal where the ledger does', async () => {
    const { shop, bol, order, shows, pass, scene, standing, adjust, attempts } = await open(
      { X: 94 },
      { rung: 'shadow' },
    );
    const shadowed = (): readonly unknown[] =>
      attempts
        .filter(({ operation, channel }) => operation === 'would_push' && channel === shop.channel)
        .map(({ payload }) => (payload as { readonly quantity: number }).quantity);
    for (const [at, units] of [6, -3, 2].entries()) {
      await adjust('X', units, 'counted');
      await pass(2 * minute);
      expect(shadowed()).toHaveLength(at + 1);
      await skip(scene, 8 * hour);
      await pass(2 * minute);
    }
    expect(shadowed()).toEqual([100, 97, 99]);
    await adjust('X', -5, 'counted');
    await order(shop, 'X', 1, states.paid);
    await pass(2 * minute);
    expect([shadowed(), shows(shop, 'X')]).toEqual([[100, 97, 99], 93]);
    expect(await standing('X')).toMatchObject({ sellable: 93, committed: 1 });
    expect(attempts.filter(({ operation }) => operation === 'write_stock')).toEqual([]);
    expect([shop.server.shop.writes.all().map(({ cause }) => cause.kind), bol.market.offers.writes()]).toEqual([
      ['act'],
      [],
    ]);
  });
});
