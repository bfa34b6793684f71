import { describe, expect, it } from 'vitest';
import { emptyIndex, mutants, type Mutant } from './mutants.js';
import { simulate } from './run.js';

/*
 * A simulation that is always green proves something only if a broken product would turn it red: each of these mistakes
 * must be found within a few lives.
 */

const firstSeed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);
const livesMax = 20;
const stepsPerLife = 400;

/** The first life in which the mistake shows, and how. A life that breaks off has been found out too. */
const foundBy = async ({ plant, product }: Mutant): Promise<{ life: number; finding: string } | undefined> => {
  const takeOut = plant?.();
  try {
    for (let life = 1; life <= livesMax; life += 1) {
      const [finding] = await simulate(firstSeed + life, stepsPerLife, product).then(
        ({ findings }) => findings,
        (error: unknown) => [`the life broke off: ${String(error)}`],
      );
      if (finding !== undefined) return { life, finding };
    }
    return undefined;
  } finally {
    takeOut?.();
  }
};

describe('the simulation finds a product that', () => {
  it.each(Object.entries(mutants))('%s', async (name, mutant) => {
    const found = await foundBy(mutant);
    console.log(`${name}: life ${found?.life}, ${found?.finding}`);
    expect(found, name).toBeDefined();
  });
  it('control: but not one whose index knows nothing and says so', async () => {
    expect((await simulate(firstSeed, stepsPerLife, { keyIndex: emptyIndex })).findings).toEqual([]);
  });
});
