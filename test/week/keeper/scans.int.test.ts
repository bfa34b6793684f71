import { expect, it } from 'vitest';
import { showsNow } from '../company/company.js';
import { beginsAt, openScene } from '../open-scene.js';
import { listingAt, minutes, skip } from '../scene.js';
import { openWorkers } from './workers.js';

/** What a row shows two days after somebody has typed a lower figure into it, where 20 are there. */
const showsAfterDays = async (scans: boolean): Promise<number> => {
  const house = await openWorkers();
  const { scene, stop } = await openScene(
    { seed: 1, shops: [['north', '8.2']], units: new Map([['mug', 20]]), sellsPairs: false },
    house.begin,
    () => scans,
  );
  try {
    const { stage, company } = scene;
    const [place] = company.places;
    if (place === undefined) throw new Error('no shop');
    await stage.passUntil(beginsAt + minutes(2));
    const listing = listingAt(place, 'mug');
    await place.server.shop.editStockByHand({ ...listing.sellable, id_shop: 1, delta: -2 });
    await skip(scene, minutes(2 * 24 * 60));
    await stage.passUntil(stage.millis() + minutes(5));
    return showsNow(place, listing);
  } finally {
    await stop();
    await house.close();
  }
};

it('a worker that scans finds what nobody has told it, and one that does not does not', async () => {
  expect([await showsAfterDays(true), await showsAfterDays(false)]).toEqual([20, 18]);
});
