import { seededRandom } from '#testing';
import { drawFrom } from '../simulation/steps.js';
import { doBusiness, shipSome } from './acts/everyday.js';
import { receive } from './acts/warehouse.js';
import { judgeNames, type Naming } from './checks/named.js';
import { checkSequences } from './checks/order-of-writes.js';
import { checkRows, checkShelves, settledMillis } from './checks/settled.js';
import { watchRows, type Watch } from './checks/watch.js';
import type { Notes } from './notes.js';
import { beginsAt, openScene, type Begin, type Shops } from './open-scene.js';
import { calmPhase, phasesOf, playPhase, type Wrong } from './phases.js';
import { minutes, skip, type Scene } from './scene.js';

export type Plan = Wrong & {
  readonly seed: number;
  readonly skus: number;
  /** Bursts of business; between them the shops are quiet for so long. */
  readonly bursts: number;
  readonly quietMillis: number;
  /** Other things that happen while something goes wrong. */
  readonly business: number;
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

/** Of the orders that wait, those that leave in a burst. */
const shippedShare = 0.2;
/** Business and what goes wrong, all at once; then time to settle, and nothing may be wrong. */
const playBurst = async (scene: Scene, plan: Plan, watch: Watch, isCalm: boolean): Promise<void> => {
  const { stage, busy, notes } = scene;
  stage.play('parcels', () => shipSome(scene, shippedShare));
  const beginBusiness = (): void => {
    for (let acts = 0; acts < plan.business; acts += 1) stage.play('business', () => doBusiness(scene));
  };
  const phases = isCalm ? [] : phasesOf(plan);
  for (const phase of phases.length > 0 ? phases : [calmPhase]) await playPhase(scene, phase, beginBusiness);
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

/** In the last hour nothing is read that nobody has heard of: what goes wrong then is put right without, or found. */
export const restOfHour = (begun: number, now: number): number => Math.max(minutes(1), begun + minutes(60) - now);

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
      const isLastWrong = burst === plan.bursts - 2;
      const begun = stage.millis();
      if (burst >= plan.bursts - 2) scans = false;
      refill(scene);
      await playBurst(scene, plan, watch, burst === plan.bursts - 1);
      if (burst < plan.bursts - 1)
        await skip(scene, isLastWrong ? restOfHour(begun, stage.millis()) : plan.quietMillis);
    }
    const skus = [...scene.company.shelf.keys()];
    notes.wrong.push(...(await checkShelves(scene, skus)), ...(await checkRows(scene, skus)));
    const naming = judgeNames(notes);
    return { notes, naming, wrong: [...notes.wrong, ...naming.wrong, ...checkSequences(notes)] };
  } finally {
    await stop();
  }
};
