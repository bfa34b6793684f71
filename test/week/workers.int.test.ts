import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkers, type WorkerHouse } from './keeper/workers.js';
import { playWeek } from './week.js';

const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

let house: WorkerHouse;
beforeAll(async () => {
  house = await openWorkers();
});
afterAll(() => house.close());

describe('an hour of the workers', () => {
  it(`ends with every row right, from seed ${seed} on`, async () => {
    const kinds = process.env['KINDS']?.split(',');
    const played = await playWeek(
      { seed, skus: 60, bursts: 2, quietMillis: 1_000_000, wrong: 1, business: 6, ...(kinds && { kinds }) },
      house.begin,
    );
    console.log(Object.fromEntries(played.notes.counts), played.naming.table, played.naming.unknownShare);
    console.log(played.notes.findings.map((f) => JSON.stringify(f)).join('\n'));
    expect(played.wrong).toEqual([]);
  });
});
