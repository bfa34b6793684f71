import { describe, expect, it } from 'vitest';
import { breaches, type Breach } from './keeper/breaches.js';
import { openWorkers } from './keeper/workers.js';
import { playMixedWeek } from './mixed-week.js';
import type { Played } from './week.js';

/* As in the controls of the week of PrestaShop: each of these is found within a few hours of all kinds of shops. */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

const playWith = async (breach: Breach, kinds: readonly string[]): Promise<Played> => {
  const house = await openWorkers();
  try {
    const wrong = { wrongInWoo: 6, wrong: 0, cutOff: 2, unread: 1, kinds };
    const plan = { seed, skus: 240, bursts: 2, quietMillis: 1_800_000, ...wrong, business: 12 };
    return await playMixedWeek(plan, (parts, when) => house.begin(breach(parts), when));
  } finally {
    await house.close();
  }
};

/** What has to go wrong for it to be found, beside everyday business. */
const kindsFor: Readonly<Record<string, readonly string[]>> = {
  'takes a lost answer, and a refusal, for a write': ['lateRequest', 'rowRefused'],
};

describe('the week of both kinds of shop finds a worker that', () => {
  it.each(Object.entries(breaches))('%s', async (what, breach) => {
    const { wrong } = await playWith(breach, kindsFor[what] ?? ['none']);
    console.log(`${what}: ${wrong.length} found, first: ${wrong[0]}`);
    expect(wrong.length, what).toBeGreaterThan(0);
  });

  it('control: and none that does everything right', async () => {
    const kinds = ['lateRequest', 'rowRefused', 'crashed', 'feedOutage', 'deletedUnread', 'lineMovedUnread'];
    expect((await playWith((parts) => parts, kinds)).wrong).toEqual([]);
  });
});
