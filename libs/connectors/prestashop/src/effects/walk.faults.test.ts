import { expect, it } from 'vitest';
import { seededRandom } from '#testing';
import { reportOf } from '../../testing/walk/index.js';

/** `LEDGER_TEST_SEED=42` walks another way. */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

const steps = 10_000;

/** Acts that nobody could tell apart by two readings leave this many figures at most. */
const figuresMax = 8;

it.each(['1.7.8', '8.2', '9.1'] as const)(
  'ten thousand acts in a shop of %s leave every row as expected',
  async (version) => {
    const report = await reportOf(version, seededRandom(seed), steps);
    process.stdout.write(`${version}, seed ${seed}: ${JSON.stringify(report)}\n`);
    expect(report.missed).toBeUndefined();
    expect(report.sizeMax).toBeLessThanOrEqual(figuresMax);
    expect(report.single / report.rows).toBeGreaterThan(0.8);
  },
);
