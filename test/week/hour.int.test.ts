import { describe, expect, it } from 'vitest';
import type { Memory } from './keeper/memory.js';
import { startKeeper } from './keeper/start-keeper.js';
import { playWeek } from './week.js';

const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

describe('an hour of four shops', () => {
  it(`ends with every row right, from seed ${seed} on`, async () => {
    const memory: Memory = new Map();
    const played = await playWeek(
      { seed, skus: 150, bursts: 4, wrongShare: 1, business: 12, burstMillis: 150_000, between: 300_000 },
      (parts, { scans }) => startKeeper(parts, memory, { scans }),
    );
    console.log(Object.fromEntries(played.notes.counts), played.naming.table, played.naming.unknownShare, played.notes.above);
    expect(played.wrong).toEqual([]);
  });
});
