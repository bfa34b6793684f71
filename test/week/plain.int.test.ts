import { describe, expect, it } from 'vitest';
import type { Memory } from './keeper/memory.js';
import { startKeeper } from './keeper/start-keeper.js';
import { tableOf } from './told.js';
import { playWeek } from './week.js';

const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

describe('an hour of four shops, kept right by a worker as plain as can be', () => {
  it(`ends with every row right, whatever went wrong, from seed ${seed} on`, async () => {
    const memory: Memory = new Map();
    const plan = { seed, skus: 80, bursts: 2, quietMillis: 1_800_000, wrong: 1, business: 6 };
    const played = await playWeek(plan, (parts, { scans }) => startKeeper(parts, memory, { scans }));
    console.log(`seed ${seed}`, tableOf(played));
    expect(played.wrong, `seed ${seed}`).toEqual([]);
  }, 480_000);
});
