import { describe, expect, it } from 'vitest';
import { seededRandom } from '#testing';
import { judged, missedIn, randomActs, reportOf, shrunk, type Step, walk } from '../../testing/walk/index.js';
import { type ShopView } from './views.js';

/** `LEDGER_TEST_SEED=42` walks another way. */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

const steps = 250;

it.each(['1.7.8', '8.2', '9.1'] as const)(
  'whatever people do in a shop of %s, its rows are as expected',
  async (version) => {
    const report = await reportOf(version, seededRandom(seed), steps);
    process.stdout.write(`${version}, seed ${seed}: ${JSON.stringify(report)}\n`);
    expect(report.missed).toBeUndefined();
    expect(report.rows).toBeGreaterThan(steps / 2);
  },
);

type Rules = (shop: ShopView) => ShopView;

const broken: Readonly<Record<string, Rules>> = {
  'the table of the other version': (shop) => ({ ...shop, family: shop.family === '9' ? '8' : '9' }),
  'no state is the cancelled one': (shop) => ({ ...shop, cancelledStateId: 0 }),
  'no state is the error one': (shop) => ({ ...shop, errorStateId: 0 }),
  'refunded gives back too': (shop) => ({ ...shop, errorStateId: 7 }),
  'packs are products like others': (shop) => ({ ...shop, packs: new Map() }),
  'no group shares its stock': (shop) => ({ ...shop, sharingGroups: new Map() }),
  'packs of the default type are their own row alone': (shop) => ({ ...shop, packStockTypeDefault: 0 }),
  'every state is logable': (shop) => ({
    ...shop,
    states: new Map([...shop.states.keys()].map((id) => [id, { logable: true }])),
  }),
};

describe('control: a walk finds a model with a broken rule', () => {
  const walked = async (version: '8.2' | '9.1'): Promise<readonly Step[]> => {
    const all: Step[] = [];
    for await (const step of walk(version, randomActs(seededRandom(seed), steps))) all.push(step);
    return all;
  };

  it.each(['8.2', '9.1'] as const)('on %s', async (version) => {
    const all = await walked(version);
    const finds = (rules: Rules): boolean => all.some((step) => judged(step, rules(step.shop)).missed.length > 0);
    const overlooked = Object.entries(broken).filter(([, rules]) => !finds(rules));
    expect(overlooked.map(([name]) => name)).toEqual([]);
  });

  it('and cuts the walk to what leads there', async () => {
    const rules: Rules = (shop) => ({ ...shop, cancelledStateId: 0 });
    const all = await walked('8.2');
    const first = all.findIndex((step) => judged(step, rules(step.shop)).missed.length > 0);
    const least = await shrunk(
      '8.2',
      all.slice(0, first + 1).map(({ act }) => act),
      rules,
    );
    expect(least.length).toBeLessThanOrEqual(2);
    expect(await missedIn('8.2', least, rules)).toContain('not one of');
    expect(await missedIn('8.2', least)).toBeUndefined();
  });
});
