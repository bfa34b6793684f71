import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lackingOf } from './checks/enough.js';
import { openWorkers, type WorkerHouse } from './keeper/workers.js';
import { playMixedWeek } from './mixed-week.js';
import { wooCauses, type CauseName } from './notes.js';
import { tableOf } from './told.js';

/*
 * Days of two shops of PrestaShop, two of WooCommerce and a marketplace that sell the same, kept right by the workers of their
 * channels. It follows from its seed: `LEDGER_TEST_SEED=<seed> npx vitest run --project faults test/week/mixed` plays it again.
 * The last burst is one in which nothing goes wrong, and the last hour one without any scan; `WEEK_BURSTS` plays more of the others.
 */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);
const bursts = Number(process.env['WEEK_BURSTS'] ?? 3);
const week = 604_800_000;
const wrongInWoo = 28;
const wrongPerBurst = 20;
/** Late requests, outages and crashes in each kind of shop. */
const cutOff = 4;
/** Nobody can name them: in a whole week they are few beside what can be named, and in less they would not be. */
const unread = bursts < 3 ? 0 : 1;
/** What a burst takes at most, on a machine that does much else. */
const burstMillisMax = 600_000;

const unreadCauses: readonly CauseName[] = ['an order deleted unread', 'a line moved unread'];
const cutOffCauses: readonly CauseName[] = ['a late request', 'a feed outage', 'a crash'];
const counted: readonly CauseName[] = [
  ...wooCauses.filter((cause) => !unreadCauses.includes(cause)),
  ...(['a hand edit up', 'a hand edit down'] as const),
];
/** Some of each kind do not come to be: they find no listing, or are overtaken. */
const timesMin = bursts < 3 ? 25 : 50;

let house: WorkerHouse;
beforeAll(async () => {
  house = await openWorkers();
});
afterAll(() => house.close());

describe('days of shops of both kinds and a marketplace, kept right by the workers of their channels', () => {
  it(
    `end with every row right, from seed ${seed} on`,
    async () => {
      const quietMillis = Math.floor(week / bursts);
      const wrong = { wrongInWoo, wrong: wrongPerBurst, cutOff, unread };
      const plan = { seed, skus: 1_000, bursts, quietMillis, ...wrong, business: 12 };
      const played = await playMixedWeek(plan, house.begin);
      console.log(`seed ${seed}`, tableOf(played));
      expect(played.wrong, `seed ${seed}`).toEqual([]);
      expect(played.naming.unknownShare).toBeLessThanOrEqual(0.05);
      expect(lackingOf(played.notes, counted, timesMin)).toEqual([]);
      expect(lackingOf(played.notes, cutOffCauses, cutOff)).toEqual([]);
      expect(lackingOf(played.notes, unreadCauses, unread)).toEqual([]);
    },
    bursts * burstMillisMax,
  );
});
