import { describe, expect, it } from 'vitest';
import {
  casesWithoutStep,
  type Kind,
  kinds,
  recordedShop,
  recordedSteps,
  type RecordedVersion,
  recordedVersions,
  verdictOn,
} from '../../testing/recorded/index.js';
import { type ShopView } from './views.js';

/** Cases that the model does not predict, each with its reason. At most ten are allowed, and there are none. */
const exceptions: ReadonlyMap<string, string> = new Map();
const exceptionsMax = 10;

/** The most quantities that a row is ever left with in these cases. */
const sizeMax = 4;

const stepsOf: Readonly<Record<RecordedVersion, ReturnType<typeof recordedSteps>>> = {
  '8.2.1': recordedSteps('8.2.1'),
  '9.1.4': recordedSteps('9.1.4'),
};

const judged = (version: RecordedVersion, kind?: Kind) =>
  stepsOf[version]
    .filter((step) => (kind === undefined || step.kind === kind) && !exceptions.has(step.name))
    .map((step) => verdictOn(step));

const isSingle = ({ sizes }: { readonly sizes: readonly number[] }): boolean => sizes.every((size) => size === 1);

const missedBy = (version: RecordedVersion, change: (shop: ShopView) => ShopView): readonly string[] =>
  stepsOf[version].flatMap((step) => verdictOn(step, change(step.readings.shop)).missed);

/** How many cases there are of each kind: a reader that loses some would make the test easier. */
const counts: Readonly<Record<Kind, number>> = { creation: 62, state: 389, edit: 91, pack: 104, multistore: 28 };

describe.each(recordedVersions)('the model and the rows of %s', (version) => {
  it.each(kinds)('agree on every case of kind %s', (kind) => {
    const verdicts = judged(version, kind);
    const single = verdicts.filter(isSingle).length;
    process.stdout.write(`${version} ${kind}: ${verdicts.length} steps, ${single} with one possible outcome\n`);
    expect(verdicts.flatMap(({ missed }) => missed)).toEqual([]);
    expect(verdicts).toHaveLength(counts[kind]);
  });

  it('leave no row with more than a few possible quantities, and nearly all with one', () => {
    const verdicts = judged(version);
    expect(Math.max(...verdicts.flatMap(({ sizes }) => sizes))).toBeLessThanOrEqual(sizeMax);
    expect(verdicts.filter(isSingle).length / verdicts.length).toBeGreaterThan(0.95);
  });
});

it('exceptions are few, and named after cases', () => {
  const names = new Set(recordedVersions.flatMap((version) => stepsOf[version].map(({ name }) => name)));
  expect(exceptions.size).toBeLessThanOrEqual(exceptionsMax);
  expect([...exceptions.keys()].filter((name) => !names.has(name))).toEqual([]);
});

/**
 * What the recordings have beside effects of orders: writes of rows and product pages, checkout and its hooks, races (which
 * kept their counts alone), listings. The random walks kept no rows.
 */
const others =
  /^(stock-|checkout|two-carts|row-zero|block-|cart-check|ajax-|race-|lost-|parallel-|devmode-|ws-get|ws-post|ws-delete|multistore-(rows|ws-list)|pack\d-check|transition-random-walks)/u;

it.each(recordedVersions)('no case of %s about orders is left out', (version) => {
  expect(casesWithoutStep(version).filter((name) => !others.test(name))).toEqual([]);
});

describe('controls: a model with another rule misses rows', () => {
  it.each(recordedVersions)('the table of the other version, on %s', (version) => {
    const other = recordedShop(version).family === '8' ? '9' : '8';
    expect(missedBy(version, (shop) => ({ ...shop, family: other })).length).toBeGreaterThan(0);
  });

  it.each<[string, (shop: ShopView) => ShopView]>([
    ['no state is the cancelled one', (shop) => ({ ...shop, cancelledStateId: 0 })],
    ['no state is the error one', (shop) => ({ ...shop, errorStateId: 0 })],
    ['refunded gives back too', (shop) => ({ ...shop, errorStateId: 7 })],
    ['packs are products like others', (shop) => ({ ...shop, packs: new Map() })],
    ['packs of the default type are kept with their components', (shop) => ({ ...shop, packStockTypeDefault: 2 })],
    ['no group shares its stock', (shop) => ({ ...shop, sharingGroups: new Map() })],
    [
      'every state is logable',
      (shop) => ({ ...shop, states: new Map([...shop.states.keys()].map((id) => [id, { logable: true }])) }),
    ],
  ])('%s', (_, change) => {
    for (const version of recordedVersions) expect(missedBy(version, change)).not.toEqual([]);
  });
});
