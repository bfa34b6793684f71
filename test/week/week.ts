import { seededRandom } from '#testing';
import { drawFrom } from '../simulation/steps.js';
import { doBusiness, shipSome } from './acts/everyday.js';
import { goWrong, injections } from './acts/injections.js';
import { receive } from './acts/warehouse.js';
import { judgeNames, type Naming } from './checks/named.js';
import { checkSequences } from './checks/order-of-writes.js';
import { checkRows, checkShelves, settledMillis } from './checks/settled.js';
import { watchRows, type Watch } from './checks/watch.js';
import type { Notes } from './notes.js';
import { beginsAt, openScene, type Begin, type Shops } from './open-scene.js';
import { minutes, skip, type Scene } from './scene.js';

export type Plan = {
  readonly seed: number;
  readonly skus: number;
  /** Bursts of business; between them the shops are quiet for so long. */
  readonly bursts: number;
  readonly quietMillis: number;
  /** Things of each kind that go wrong in a burst, and other things that happen. */
  readonly wrong: number;
  readonly business: number;
  /** Which kinds of them; all where it is left out. */
  readonly kinds?: readonly string[];
};

export type Played = {
  readonly notes: Notes;
  readonly naming: Naming;
  /** What is wrong; empty where all is right. */
  readonly wrong: readonly string[];
};

const shops: Shops = [
  ['north', '1.7.8'],
  ['east', '8.2'],
  ['south', '9.1'],
  ['west', '8.2'],
];

const unitsOf = ({ seed, skus }: Plan): ReadonlyMap<string, number> => {
  const draw = drawFrom(seededRandom(seed));
  return new Map(
    Array.from({ length: skus }, (_, nth) => [`sku-${String(nth).padStart(4, '0')}`, 20 + 2 * draw.below(40)]),
  );
};

/** What happens begins within a minute and takes another. */
const burstMillis = 150_000;
/** Of the orders that wait, those that leave in a burst. */
const shippedShare = 0.2;

/** Whoever keeps the shops is away for seconds after each of them: more in a minute, and nothing else would be seen. */
export const crashesMax = 4;

/** A feed that is away hides what goes wrong meanwhile: first everything else goes wrong, then feeds do, with business going on. */
const phasesOf = ({ kinds, wrong }: Plan): readonly (readonly [what: string, times: number][])[] => {
  const names = Object.keys(injections).filter((what) => kinds?.includes(what) ?? true);
  const timesOf = (what: string): number => (what === 'crashed' ? Math.min(wrong, crashesMax) : wrong);
  const isAway = (what: string): boolean => what === 'feedOutage';
  return [names.filter((what) => !isAway(what)), names.filter(isAway)].map((phase) =>
    phase.map((what) => [what, timesOf(what)]),
  );
};

const playPhase = async (
  scene: Scene,
  business: number,
  wrong: readonly (readonly [what: string, times: number])[],
): Promise<void> => {
  const { stage } = scene;
  const begun = stage.millis();
  for (let acts = 0; acts < business; acts += 1) stage.play('business', () => doBusiness(scene));
  for (const [what, count] of wrong)
    for (let times = 0; times < count; times += 1) stage.play(what, () => goWrong(scene, injections[what]));
  await stage.passUntil(begun + burstMillis);
  while (!stage.isOver()) await stage.passUntil(stage.millis() + minutes(0.5));
};

/** Business and what goes wrong, all at once; then time to settle, and nothing may be wrong. */
const playBurst = async (scene: Scene, plan: Plan, watch: Watch, isCalm: boolean): Promise<void> => {
  const { stage, busy, notes } = scene;
  stage.play('parcels', () => shipSome(scene, shippedShare));
  for (const wrong of isCalm ? [[]] : phasesOf(plan)) await playPhase(scene, plan.business, wrong);
  const skus = [...new Set([...busy, ...notes.touched.keys()])];
  const last = Math.max(...notes.touched.values(), ...notes.injections.map(({ until }) => until - settledMillis));
  await stage.passUntil(Math.max(stage.millis(), last + settledMillis + 5_000));
  notes.wrong.push(...(await checkShelves(scene, skus)), ...(await checkRows(scene, skus)), ...watch.overlooked());
  busy.clear();
  notes.touched.clear();
};

/** What runs low is ordered anew. */
const refill = (scene: Scene): void => {
  const { company } = scene;
  for (const [sku, units] of company.shelf) if (units < 20) receive(scene, sku, 40);
};

/** A week of the shops from a seed: the same seed, the same week. */
export const playWeek = async (plan: Plan, begin: Begin): Promise<Played> => {
  let scans = true;
  const opening = { seed: plan.seed, shops, units: unitsOf(plan), sellsPairs: true };
  const { scene, stop } = await openScene(opening, begin, () => scans);
  const { stage, notes } = scene;
  try {
    const watch = watchRows(scene);
    stage.onStep(watch.look);
    await stage.passUntil(beginsAt + minutes(2));
    for (let burst = 0; burst < plan.bursts; burst += 1) {
      const isLast = burst === plan.bursts - 1;
      if (isLast) scans = false;
      refill(scene);
      await playBurst(scene, plan, watch, isLast);
      await skip(scene, plan.quietMillis);
    }
    const skus = [...scene.company.shelf.keys()];
    notes.wrong.push(...(await checkShelves(scene, skus)), ...(await checkRows(scene, skus)));
    const naming = judgeNames(notes);
    return { notes, naming, wrong: [...notes.wrong, ...naming.wrong, ...checkSequences(notes)] };
  } finally {
    await stop();
  }
};
