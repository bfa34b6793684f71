import { describe, expect, it } from 'vitest';
import { seededRandom } from '#testing';
import { blindToRaces, brokenModels, type Model } from '../../testing/models.js';
import { judged, missedIn, randomActs, reportOf, shrunk, type Step, walk } from '../../testing/walk/index.js';

/** `LEDGER_TEST_SEED=42` walks another way. */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

const steps = 1_000;

it('whatever people do in a shop, its rows are as expected', async () => {
  const report = await reportOf(seededRandom(seed), steps);
  process.stdout.write(`seed ${seed}: ${JSON.stringify(report)}\n`);
  expect(report.missed).toBeUndefined();
  expect(report.rows).toBeGreaterThan(steps);
});

describe('control: a walk finds a model with a broken rule', () => {
  const walked = async (): Promise<readonly Step[]> => {
    const all: Step[] = [];
    for await (const step of walk(randomActs(seededRandom(seed), steps))) all.push(step);
    return all;
  };

  it('whichever it is', async () => {
    const all = await walked();
    const finds = (model: Model): boolean => all.some((step) => judged(step, model).missed.length > 0);
    const overlooked = Object.entries({ ...brokenModels, ...blindToRaces }).filter(([, model]) => !finds(model));
    expect(overlooked.map(([name]) => name)).toEqual([]);
  });

  it('and cuts the walk to what leads there', async () => {
    const model = brokenModels['failed gives back']!;
    const acts = [];
    for await (const step of walk(randomActs(seededRandom(seed), steps))) {
      acts.push(step.act);
      if (judged(step, model).missed.length > 0) break;
    }
    const least = await shrunk(acts, model);
    expect(least.length).toBeLessThanOrEqual(4);
    expect(await missedIn(least, model)).toContain('not one of');
    expect(await missedIn(least)).toBeUndefined();
  });
});
