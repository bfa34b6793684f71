import { expect, it } from 'vitest';
import { seededRandom } from '#testing';
import { reportOf } from '../../testing/walk/index.js';

/** `LEDGER_TEST_SEED=42` walks another way. */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

/** `WALK_STEPS=1000` walks less far. */
const steps = Number(process.env['WALK_STEPS'] ?? 10_000);

/** Acts that nobody could tell apart by two readings leave this many figures at most. */
const figuresMax = 8;

it.each(['1.7.8', '8.2', '9.1'] as const)(
  'a long walk through a shop of %s leaves every row as expected',
  async (version) => {
    const report = await reportOf(version, seededRandom(seed), steps);
    process.stdout.write(`${version}, seed ${seed}: ${JSON.stringify(report)}\n`);
    expect(report.missed).toBeUndefined();
    expect(report.sizeMax).toBeLessThanOrEqual(figuresMax);
    expect(report.single / report.rows).toBeGreaterThan(0.8);
  },
);
