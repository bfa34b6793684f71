import { describe, expect, it } from 'vitest';
import { simulate } from './run.js';

/*
 * Whole lives of the ledger: several processes on one log that loses answers, conflicts, stores late and goes away; clocks
 * that jump, an index that lags, processes killed amid orders. The auditor, who shares no code with the ledger, holds each
 * log against what the world did. A life follows from its seed alone: a failure names it, and
 * `LEDGER_TEST_SEED=<seed> SIMULATION_LIVES=1 npx vitest run --project faults test/simulation/simulation` plays it again.
 */
const firstSeed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);
const lives = Number(process.env['SIMULATION_LIVES'] ?? 50);
const stepsPerLife = 400;
/** What happens in some lives only: a promise is moved in one of ten. */
const rare = ['IncomingCancelled', 'BackorderMoved', 'BackorderDropped', 'QuotaFilled', 'QuotaReturned'];
const livesOfTheRare = 40;

describe('a ledger that everything happens to', () => {
  it(`is right to the unit after ${lives} lives of ${stepsPerLife} steps, from seed ${firstSeed} on`, async () => {
    const answers = new Map<string, number>();
    const told = new Map<string, number>();
    let events = 0;
    for (let seed = firstSeed; seed < firstSeed + lives; seed += 1) {
      const run = await simulate(seed, stepsPerLife);
      expect(run.findings, `seed ${seed}`).toEqual([]);
      for (const [answer, count] of run.notes.answers) answers.set(answer, (answers.get(answer) ?? 0) + count);
      for (const { type } of run.log) told.set(type, (told.get(type) ?? 0) + 1);
      events += run.log.length;
    }
    console.log(
      `simulation: seeds ${firstSeed} to ${firstSeed + lives - 1}, ${events} events`,
      Object.fromEntries(answers),
      Object.fromEntries(told),
    );
    for (const needed of [
      'fact accepted',
      'order recorded',
      'cart held',
      'cart not_held',
      'count accepted',
      'policy accepted',
    ])
      expect(answers.get(needed) ?? 0, needed).toBeGreaterThan(lives);
    for (const needed of ['IncomingExpected', 'IncomingRevised', 'BackorderPromised', 'BackorderFilled'])
      expect(told.get(needed) ?? 0, needed).toBeGreaterThan(lives);
    for (const needed of lives < livesOfTheRare ? [] : rare) expect(told.get(needed) ?? 0, needed).toBeGreaterThan(0);
  });
});
