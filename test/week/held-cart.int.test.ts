import { describe, expect, it } from 'vitest';
import { afterlifeMillis, fillCart, type CartTimes } from './acts/shopping.js';
import { watchRows } from './checks/watch.js';
import type { Memory } from './keeper/memory.js';
import { startKeeper } from './keeper/start-keeper.js';
import { beginsAt, openScene, type Shops } from './open-scene.js';
import { listingAt, minutes } from './scene.js';

const shops: Shops = [
  ['north', '8.2'],
  ['south', '9.1'],
];

/** By then every shop knows that the units are held. */
const heldMillis = 30_000;
/** The shop's orders cannot be read for so long from then on. */
const awayMillis = 30_000;

/** Unit-milliseconds that rows stand above the truth when a cart of the first shop is paid. */
const aboveWith = async (times: CartTimes): Promise<number> => {
  const memory: Memory = new Map();
  const opening = { seed: 1, shops, units: new Map([['mug', 20]]), sellsPairs: false };
  const { scene, stop } = await openScene(
    opening,
    (parts) => startKeeper(parts, memory),
    () => true,
  );
  try {
    const { stage, busy, company, notes } = scene;
    stage.onStep(watchRows(scene).look);
    await stage.passUntil(beginsAt + minutes(2));
    busy.add('mug');
    const [place] = company.places;
    if (place === undefined) throw new Error('no shop');
    stage.play('a cart', () => fillCart(scene, { place, listing: listingAt(place, 'mug') }, 2, times));
    await stage.passUntil(stage.millis() + heldMillis);
    notes.above.clear();
    const heal = ['orders', 'order_histories'].map((resource) =>
      place.server.faults.add({ resource, fault: { kind: 'away', status: 500 } }),
    );
    await stage.passUntil(stage.millis() + awayMillis);
    for (const one of heal) one();
    await stage.passUntil(stage.millis() + minutes(2));
    return [...notes.above.values()].reduce((sum, millis) => sum + millis, 0);
  } finally {
    await stop();
  }
};

const lastMoment = { payMillis: heldMillis + 1_000, paysAfter: heldMillis + 900 };

describe('a cart that is paid in its last moment', () => {
  it('is held until its order has come to the ledger, though that takes a while: no other shop shows its units', async () => {
    expect(await aboveWith({ ...lastMoment, afterlifeMillis })).toBe(0);
  });

  it('control: with a hold that ends with the time to pay another shop shows them until the order is known', async () => {
    expect(await aboveWith({ ...lastMoment, afterlifeMillis: 0 })).toBeGreaterThan(awayMillis);
  });
});
