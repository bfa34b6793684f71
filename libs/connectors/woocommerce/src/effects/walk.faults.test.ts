import { expect, it } from 'vitest';
import { valuesMax } from '#channel-kit';
import { seededRandom } from '#testing';
import { reportOf } from '../../testing/walk/index.js';

/** `LEDGER_TEST_SEED=42` walks another way. */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

/** `WALK_STEPS=1000` walks less far. */
const steps = Number(process.env['WALK_STEPS'] ?? 10_000);

/** Carts that are cancelled together leave the most figures. With more of them the model would say that it does not know. */
const figuresMax = valuesMax;

it('a long walk through a shop leaves every row as expected', async () => {
  const report = await reportOf(seededRandom(seed), steps);
  process.stdout.write(`seed ${seed}: ${JSON.stringify(report)}\n`);
  expect(report.missed).toBeUndefined();
  expect(report.sizeMax).toBeLessThanOrEqual(figuresMax);
  expect(report.single / report.rows).toBeGreaterThan(0.7);
});
