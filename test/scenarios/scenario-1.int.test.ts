import { describe, expect, it } from 'vitest';
import { states, useMarketTowns } from './town.js';

const open = useMarketTowns();

describe('scenario 1: one parcel, three reporters', () => {
  it('an order of the shop is promised and shown elsewhere within five seconds, and nothing is written to the shop', async () => {
    const { shop, bol, order, shows, written, pass, standing, scene } = await open({ T: 10 });
    const page = (): number | undefined => bol.market.offers.find(bol.offerOf('T'))?.amount;
    expect([shows(shop, 'T'), page()]).toEqual([10, 10]);
    const { id } = await order(shop, 'T', 3, states.paid);
    for (const again of [id, id]) scene.hint(shop.channel, [String(again)]);
    await pass(5_000);
    expect(await standing('T')).toEqual({ sellable: 7, committed: 3, reserved: 0, owed: 0 });
    expect([shows(shop, 'T'), page(), written(shop, 'T')]).toEqual([7, 7, []]);
    await pass(70_000);
    expect([shows(shop, 'T'), page(), written(shop, 'T')]).toEqual([7, 7, []]);
  });
});
