import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkers, type WorkerHouse } from './keeper/workers.js';
import { playMixedWeek } from './mixed-week.js';
import { wooCauses, type CauseName } from './notes.js';
import { tableOf } from './told.js';

/*
 * Days of two shops of PrestaShop, two of WooCommerce and a marketplace that sell the same, kept right by the workers of their
 * channels. It follows from its seed: `LEDGER_TEST_SEED=<seed> npx vitest run --project faults test/week/mixed` plays it again.
 * The last burst is one in which nothing goes wrong; `WEEK_BURSTS` plays more of the others.
 */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);
const bursts = Number(process.env['WEEK_BURSTS'] ?? 2);
const sixHours = 21_600_000;
const wrongInWoo = 54;
/** What a burst takes at most, on a machine that does much else. */
const burstMillisMax = 420_000;

const counted: readonly CauseName[] = [...wooCauses, 'a hand edit up', 'a hand edit down'];
/** Some of each kind do not come to be: they find no listing, or are overtaken. */
const timesMin = 50;

let house: WorkerHouse;
beforeAll(async () => {
  house = await openWorkers();
});
afterAll(() => house.close());

describe('days of shops of both kinds and a marketplace, kept right by the workers of their channels', () => {
  it(
    `end with every row right, from seed ${seed} on`,
    async () => {
      const plan = { seed, skus: 1_000, bursts, quietMillis: sixHours, wrongInWoo, wrong: 1, business: 12 };
      const played = await playMixedWeek(plan, house.begin);
      console.log(`seed ${seed}`, tableOf(played));
      expect(played.wrong, `seed ${seed}`).toEqual([]);
      expect(played.naming.unknownShare).toBeLessThanOrEqual(0.05);
      for (const cause of counted) expect(played.notes.counts.get(cause) ?? 0, cause).toBeGreaterThanOrEqual(timesMin);
    },
    bursts * burstMillisMax,
  );
});
