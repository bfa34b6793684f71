import { afterEach, describe, expect, it } from 'vitest';
import { showsNow } from '../company/company.js';
import type { Listing } from '../company/places.js';
import { openWooPlace, stockIdOf, type WooPlace } from '../company/woo-place.js';
import { beginsAt, openScene, type Setting } from '../open-scene.js';
import { listingAt, minutes, type Scene } from '../scene.js';
import { checkOutlets, watchOutlets } from './outlets.js';
import { checkRows } from './settled.js';

let setting: Setting | undefined;
afterEach(() => setting?.stop());

/** A shop of each kind that sell 20 mugs, and nobody who keeps them right. */
const open = async (): Promise<{ readonly scene: Scene; readonly woo: WooPlace }> => {
  let woo: WooPlace | undefined;
  setting = await openScene(
    {
      ...{ seed: 1, shops: [['north', '8.2']], units: new Map([['mug', 20]]), sellsPairs: false },
      beside: async (stage, _, network) => {
        woo = await openWooPlace(stage, network, {
          ...{ channel: 'web', skus: ['mug'], units: () => 20, holdStockMinutes: 1 },
        });
        return [woo];
      },
    },
    () => Promise.resolve({ hint: () => undefined, kill: () => undefined }),
    () => true,
  );
  const { scene } = setting;
  await scene.stage.passUntil(beginsAt + minutes(1));
  if (woo === undefined) throw new Error('no shop');
  return { scene, woo };
};

const mugOf = ({ bySku }: WooPlace): Listing => {
  const mug = bySku.get('mug');
  if (mug === undefined) throw new Error('The shop sells no mugs');
  return mug;
};

const bought = async (woo: WooPlace, gateway: 'card' | 'offsite'): Promise<void> => {
  const { id_product: product, id_product_attribute: variation } = mugOf(woo).sellable;
  const sale = await woo.server.shop.buy({
    ...{ checkout: 'block', gateway },
    lines: [{ product, variation, quantity: 2 }],
  });
  if (sale.kind === 'refused') throw new Error(sale.code);
  woo.note(sale.order);
};

describe('the check of rows beside the shops of PrestaShop', () => {
  it('finds nothing where every row shows what is there', async () => {
    const { scene } = await open();
    expect([await checkOutlets(scene, ['mug']), await checkRows(scene, ['mug'])]).toEqual([[], []]);
  });

  it('control: finds a figure that somebody typed, and for how long it stood above the truth', async () => {
    const { scene, woo } = await open();
    const look = watchOutlets(scene);
    scene.busy.add('mug');
    woo.server.shop.setStock(stockIdOf(mugOf(woo)), 23);
    look(2_000);
    expect(await checkOutlets(scene, ['mug'])).toEqual([expect.stringContaining('web/mug')]);
    expect([...scene.notes.above]).toEqual([['the way of the news', 6_000]]);
  });

  it('control: finds an order that nobody has told the ledger of, in the rows of both shops', async () => {
    const { scene, woo } = await open();
    await bought(woo, 'card');
    expect(await checkOutlets(scene, ['mug'])).toEqual([expect.stringContaining('The ledger says 20')]);
    expect(await checkRows(scene, ['mug'])).toHaveLength(1);
    const [north] = scene.company.places;
    expect(north && showsNow(north, listingAt(north, 'mug'))).toBe(20);
  });

  it('counts what the shop itself keeps for an order that is not paid, as long as it does', async () => {
    const { scene, woo } = await open();
    await bought(woo, 'offsite');
    expect([woo.keeps(mugOf(woo)), woo.owes(mugOf(woo))]).toEqual([2, 2]);
    await scene.stage.passUntil(beginsAt + minutes(3));
    expect([woo.keeps(mugOf(woo)), woo.owes(mugOf(woo))]).toEqual([0, 2]);
  });
});
