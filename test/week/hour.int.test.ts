import { describe, expect, it } from 'vitest';
import type { Memory } from './keeper/memory.js';
import { startKeeper } from './keeper/start-keeper.js';
import { playWeek } from './week.js';

const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

describe('an hour of four shops', () => {
  it(`ends with every row right, from seed ${seed} on`, async () => {
    const memory: Memory = new Map();
    const played = await playWeek(
      { seed, skus: 300, bursts: 3, quietMillis: 1_000_000, wrong: 2, business: 20 },
      (parts, { scans }) => startKeeper(parts, memory, { scans }),
    );
    console.log(
      Object.fromEntries(played.notes.counts),
      played.naming.table,
      played.naming.unknownShare,
      played.notes.above,
    );
    expect(played.wrong).toEqual([]);
  });
});
