import { describe, expect, it } from 'vitest';
import { goodHabits, type Habits } from './keeper/habits.js';
import type { Memory } from './keeper/memory.js';
import { startKeeper } from './keeper/start-keeper.js';
import { playWeek, type Played } from './week.js';

/*
 * Weeks that are always right prove something only if a worker that does one thing wrong would not get through: each of these
 * is found within a few hours of four shops.
 */
const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

const playWith = (habits: Habits, kinds: readonly string[]): Promise<Played> => {
  const memory: Memory = new Map();
  return playWeek(
    { seed, skus: 120, bursts: 3, quietMillis: 1_800_000, wrong: 4, business: 20, kinds },
    (parts, { scans }) => startKeeper(parts, memory, { habits, scans }),
  );
};

const broken: readonly (readonly [what: string, habits: Partial<Habits>, kinds: readonly string[]])[] = [
  ['writes without reading the feed first', { readsFeedFirst: false }, ['saleCrossed', 'writeCrossed']],
  ['leaves out what the carts of the channel hold', { addsHolds: false }, []],
  ['takes no sales off that the ledger has not confirmed', { takesOffUnconfirmed: false }, []],
  ['takes a lost answer for a write', { mindsDoubt: false }, ['lateRequest']],
  ['writes what it was told a while ago', { asksAnew: false }, []],
  ['reads a row back once only', { readsBackTwice: false }, ['lateRequest', 'writeCrossed']],
  ['does not note a write before it is sent', { notesBeforeWriting: false }, ['crashed']],
];

describe('the week finds a worker that', () => {
  it.each(broken)('%s', async (what, habits, kinds) => {
    const { wrong } = await playWith({ ...goodHabits, ...habits }, kinds);
    console.log(`${what}: ${wrong.length} found, first: ${wrong[0]}`);
    expect(wrong.length, what).toBeGreaterThan(0);
  });
  it('control: and none that does everything right', async () => {
    expect((await playWith(goodHabits, ['saleCrossed', 'feedOutage', 'lateRequest', 'hinted'])).wrong).toEqual([]);
  });
});
