import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, read, sectionOf } from './markdown.js';
import { startLedger, type StartedLedger } from './started-ledger.js';
import { answersOf, play, stepsOf, type Played } from './tour.js';

const steps = stepsOf(blocksOf(sectionOf(read('README.md'), '## A tour')));
let ledger: StartedLedger;
let tour: Played;

beforeAll(async () => {
  ledger = await startLedger();
  tour = await play(steps, { LEDGER: ledger.url, KEY: ledger.key });
});

afterAll(() => ledger.stop());

describe('the tour of the README', () => {
  it('runs as it stands, to its end, without a word of complaint', () => {
    expect({ code: tour.code, errors: tour.errors }).toEqual({ code: 0, errors: '' });
    expect(tour.outputs).toHaveLength(steps.length);
  });

  it('answers what it shows', () => {
    const shown = steps.filter(({ expected }) => expected.length > 0);
    expect(shown.length).toBeGreaterThan(10);
    steps.forEach(({ expected, script }, index) => {
      if (expected.length > 0) expect(answersOf(tour.outputs[index] ?? ''), script).toMatchObject(expected);
    });
  });

  it('shows changes as they are announced', () => {
    expect(tour.outputs.at(-1)).toMatch(/^event: availability\ndata: .*"sku":"MUG".*"atp":7/mu);
  });

  it('can be played again: nothing is posted twice, and nothing breaks', async () => {
    const again = await play(steps, { LEDGER: ledger.url, KEY: ledger.key });
    expect({ code: again.code, errors: again.errors }).toEqual({ code: 0, errors: '' });
    const onHand = steps.findIndex(({ script }) => script.includes('/explanation'));
    expect(answersOf(again.outputs[onHand] ?? '')).toMatchObject([{ balances: [{ onHand: 10, committed: 3 }] }]);
  });

  it('control: another answer than the shown one is seen', () => {
    const index = steps.findIndex(({ script }) => script.includes('/explanation'));
    expect(answersOf(tour.outputs[index] ?? '')).not.toMatchObject([{ atp: 8 }]);
  });

  it('control: a step that fails is seen, and a key that is none', async () => {
    expect((await play([{ script: 'false', expected: [] }], {})).code).not.toBe(0);
    const stranger = await play(steps.slice(0, 2), { LEDGER: ledger.url, KEY: 'sl_nobody' });
    expect(answersOf(stranger.outputs[1] ?? '')).toMatchObject([{ status: 401 }]);
  });
});
