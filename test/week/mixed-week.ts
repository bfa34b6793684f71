import type { Alert } from '#apps/channels';
import { instantOf } from '#event-sourcing';
import { seededRandom } from '#testing';
import { drawFrom } from '../simulation/steps.js';
import { doBusiness, shipSome } from './acts/everyday.js';
import { receive } from './acts/warehouse.js';
import { doWooBusiness, sellAtMarket } from './acts/woo-everyday.js';
import { isSaidToBeGone } from './acts/woo-injections.js';
import type { MixedScene } from './acts/woo-shopping.js';
import { judgeNames } from './checks/named.js';
import { checkSequences } from './checks/order-of-writes.js';
import { checkOutlets, watchOutlets } from './checks/outlets.js';
import { checkRows, checkShelves, settledMillis } from './checks/settled.js';
import { watchRows, type Watch } from './checks/watch.js';
import { openMarketPlace, type MarketPlace } from './company/market-place.js';
import { openWooPlace, type WooPlace } from './company/woo-place.js';
import { mixedPhasesOf, type MixedWrong } from './mixed-phases.js';
import { beginsAt, openScene, type Begin, type Opening, type Shops } from './open-scene.js';
import { calmPhase, playPhase } from './phases.js';
import { minutes, skip } from './scene.js';
import { restOfHour, type Played } from './week.js';

export type MixedPlan = MixedWrong & {
  readonly seed: number;
  readonly skus: number;
  /** Bursts of business; between them the shops are quiet for so long. */
  readonly bursts: number;
  readonly quietMillis: number;
  /** Other things that happen while something goes wrong, in each kind of shop and at the marketplace. */
  readonly business: number;
};

const shops: Shops = [
  ['north', '8.2'],
  ['south', '9.1'],
];
const wooChannels = ['web', 'outlet'];
/** So short that it ends within a burst. */
const holdStockMinutes = 1;
/** One SKU of so many is sold at the marketplace, which is shown so much less of it. */
const marketEvery = 2;
const bufferUnits = 2;
const applyMillis = 500;

const unitsOf = ({ seed, skus }: MixedPlan): ReadonlyMap<string, number> => {
  const draw = drawFrom(seededRandom(seed));
  return new Map(
    Array.from({ length: skus }, (_, nth) => [`sku-${String(nth).padStart(4, '0')}`, 30 + 2 * draw.below(40)]),
  );
};

type Others = { woos: readonly WooPlace[]; market: MarketPlace | undefined };

/** Opens what sells beside the shops of PrestaShop, and keeps it in `others`. */
const openOthers =
  (units: ReadonlyMap<string, number>, others: Others): NonNullable<Opening['beside']> =>
  async (stage, gauge, network) => {
    const skus = [...units.keys()];
    const woos: WooPlace[] = [];
    for (const channel of wooChannels) {
      const of = { channel, skus, holdStockMinutes, units: (sku: string) => units.get(sku) ?? 0 };
      woos.push(await openWooPlace(stage, network, of));
    }
    const some = new Map([...units].filter((_, nth) => nth % marketEvery === 0));
    const market = await openMarketPlace(stage, gauge, { channel: 'bazaar', units: some, bufferUnits, applyMillis });
    Object.assign(others, { woos, market });
    return [...woos, market];
  };

const hearingAlerts =
  (begin: Begin, alerts: Alert[]): Begin =>
  (parts, plan) =>
    begin(
      {
        ...parts,
        alerts: {
          raise: (alert) => Promise.resolve(void alerts.push(alert)),
          settle: () => Promise.resolve(),
          subjects: () => Promise.resolve([]),
        },
      },
      plan,
    );

const shippedShare = 0.2;

const beginBusiness = (scene: MixedScene, acts: number): void => {
  const { stage } = scene;
  for (let nth = 0; nth < acts; nth += 1) {
    stage.play('business', () => doBusiness(scene));
    stage.play('business in WooCommerce', () => doWooBusiness(scene));
    stage.play('business at the marketplace', () => sellAtMarket(scene));
  }
};

const checkAll = async (scene: MixedScene, skus: readonly string[]): Promise<void> => {
  const wrong: string[] = [];
  wrong.push(...(await checkShelves(scene, skus)));
  wrong.push(...(await checkRows(scene, skus)));
  wrong.push(...(await checkOutlets(scene, skus)));
  scene.notes.wrong.push(...wrong.map((one) => `${instantOf(scene.stage.millis())}: ${one}`));
};

/** Everything at once, in all kinds of shops; then time to settle, and nothing may be wrong. */
const playBurst = async (scene: MixedScene, plan: MixedPlan, watch: Watch, isCalm: boolean): Promise<void> => {
  const { stage, busy, notes } = scene;
  stage.play('parcels', () => shipSome(scene, shippedShare));
  const phases = isCalm ? [] : mixedPhasesOf(scene, plan);
  for (const phase of phases.length > 0 ? phases : [calmPhase])
    await playPhase(scene, phase, () => beginBusiness(scene, plan.business));
  const skus = [...new Set([...busy, ...notes.touched.keys()])];
  const last = Math.max(...notes.touched.values(), ...notes.injections.map(({ until }) => until - settledMillis));
  await stage.passUntil(Math.max(stage.millis(), last + settledMillis + 5_000));
  await checkAll(scene, skus);
  notes.wrong.push(...watch.overlooked());
  busy.clear();
  notes.touched.clear();
};

/** What runs low is ordered anew. */
const refill = (scene: MixedScene): void => {
  for (const [sku, units] of scene.company.shelf) if (units < 30) receive(scene, sku, 40);
};

/** Open orders are read again some at a time, and there are hundreds. */
const missedMinutesMax = 60;

/** Nobody tells of an order that was deleted for good: a day later it is missed all the same. */
const checkLost = async (scene: MixedScene): Promise<void> => {
  await skip(scene, minutes(26 * 60));
  const unsaidNow = () => scene.lost.filter(({ channel, order }) => !isSaidToBeGone(scene, channel, order));
  for (let passed = 0; passed < missedMinutesMax && unsaidNow().length > 0; passed += 10)
    await scene.stage.passUntil(scene.stage.millis() + minutes(10));
  const unsaid = unsaidNow();
  scene.notes.wrong.push(...unsaid.map(({ channel, order }) => `Nobody misses order ${order} of ${channel}`));
};

/** A week of both kinds of shop and a marketplace from a seed. */
export const playMixedWeek = async (plan: MixedPlan, begins: Begin): Promise<Played> => {
  const others: Others = { woos: [], market: undefined };
  const alerts: Alert[] = [];
  const units = unitsOf(plan);
  const opening = { seed: plan.seed, shops, units, sellsPairs: true, beside: openOthers(units, others) };
  let scans = true;
  const { scene: plain, stop } = await openScene(opening, hearingAlerts(begins, alerts), () => scans);
  const { woos, market } = others;
  if (market === undefined) throw new Error('There is no marketplace');
  const scene: MixedScene = { ...plain, woos, market, alerts, lost: [] };
  const { stage, notes } = scene;
  try {
    const watch = watchRows(scene);
    stage.onStep(watch.look);
    stage.onStep(watchOutlets(scene));
    await stage.passUntil(beginsAt + minutes(2));
    const skus = [...scene.company.shelf.keys()];
    for (let burst = 0; burst < plan.bursts; burst += 1) {
      const isLastWrong = burst === plan.bursts - 2;
      const begun = stage.millis();
      if (burst >= plan.bursts - 2) scans = false;
      refill(scene);
      const wrong = { ...plan, unread: burst === 0 ? plan.unread : 0 };
      await playBurst(scene, wrong, watch, burst === plan.bursts - 1);
      if (burst < plan.bursts - 1)
        await skip(scene, isLastWrong ? restOfHour(begun, stage.millis()) : plan.quietMillis);
    }
    await checkAll(scene, skus);
    scans = true;
    await checkLost(scene);
    await checkAll(scene, skus);
    const naming = judgeNames(notes);
    return { notes, naming, wrong: [...notes.wrong, ...naming.wrong, ...checkSequences(notes)] };
  } finally {
    await stop();
  }
};
