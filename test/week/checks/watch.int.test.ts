import { afterEach, beforeEach, expect, it } from 'vitest';
import { receive } from '../acts/warehouse.js';
import type { Memory } from '../keeper/memory.js';
import { startKeeper } from '../keeper/start-keeper.js';
import { beginsAt, openScene, type Setting } from '../open-scene.js';
import { minutes } from '../scene.js';
import { watchRows, type Watch } from './watch.js';

let setting: Setting;
let watch: Watch;
beforeEach(async () => {
  const memory: Memory = new Map();
  const opening = { seed: 1, shops: [['north', '8.2']] as const, units: new Map([['mug', 20]]), sellsPairs: false };
  setting = await openScene(
    opening,
    (parts) => startKeeper(parts, memory),
    () => true,
  );
  const { scene } = setting;
  watch = watchRows(scene);
  scene.stage.onStep(watch.look);
  scene.busy.add('mug');
  scene.company.changed.add('mug');
  await scene.stage.passUntil(beginsAt + minutes(2));
});
afterEach(() => setting.stop());

it('the watch looks at what has changed, and overlooks nothing', async () => {
  const { scene } = setting;
  receive(scene, 'mug', 5);
  await scene.stage.passUntil(scene.stage.millis() + minutes(1));
  expect(watch.overlooked()).toEqual([]);
});

it('control: units that lie there without a word are found to be overlooked', async () => {
  const { scene } = setting;
  scene.company.shelf.set('mug', 15);
  await scene.stage.passUntil(scene.stage.millis() + 1_000);
  expect(watch.overlooked()).toEqual([expect.stringContaining('Nobody looked when it changed: north/mug')]);
});
