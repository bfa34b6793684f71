import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkers, type WorkerHouse } from './keeper/workers.js';
import { tableOf } from './told.js';
import { playWeek } from './week.js';

/** `LEDGER_TEST_SEED=<seed> npx vitest run --project int test/week/hour` plays the same hour again. */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

let house: WorkerHouse;
beforeAll(async () => {
  house = await openWorkers();
});
afterAll(() => house.close());

describe('an hour of four shops, kept right by the workers of their channels', () => {
  it(`ends with every row right, whatever went wrong, from seed ${seed} on`, async () => {
    const plan = { seed, skus: 80, bursts: 2, quietMillis: 1_800_000, wrong: 1, business: 6 };
    const played = await playWeek(plan, house.begin);
    console.log(`seed ${seed}`, tableOf(played));
    expect(played.wrong, `seed ${seed}`).toEqual([]);
  }, 480_000);
});
