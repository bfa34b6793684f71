import { describe, expect, it } from 'vitest';
import { incomingOf, receipt } from '../../testing/facts.js';
import { decideOn, restored, run, runAll, type Run } from '../../testing/run.js';
import { incomingLinesMax } from '../bounds.js';
import { entryCountOf } from './snapshot.js';

const openIn = ({ state }: Run): readonly string[] => [...state.openIncoming.keys()];
describe('a line of a purchase order', () => {
  const two = runAll(incomingOf('po1', 4), incomingOf('po2', 6));
  const complete = run(two, receipt(4, { incomingLine: 'po1' }));
  const cancelled = run(two, incomingOf('po1', 0, { sourceVersion: 2 }));

  it.each([
    ['all of it has arrived', complete],
    ['it is cancelled', cancelled],
  ])('is open until %s, and what has arrived on it is remembered', (_, settled) => {
    expect(openIn(two)).toEqual(['po1', 'po2']);
    expect(openIn(settled)).toEqual(['po2']);
    expect(settled.state.incoming.has('po1')).toBe(true);
  });

  it.each([
    ['complete', complete, 2],
    ['cancelled', cancelled, 3],
  ])('that was %s is open again once more is told of it than has arrived', (_, settled, sourceVersion) => {
    const again = incomingOf('po1', 9, { sourceVersion });
    expect(openIn(run(settled, again))).toEqual(['po1', 'po2']);
    expect(openIn(run(restored(settled), again))).toEqual(['po1', 'po2']);
  });

  it('is open again when a receipt on it is corrected to fewer units', () => {
    const last = complete.events.findLast(({ type }) => type === 'StockReceived');
    if (last?.type !== 'StockReceived') throw new Error('nothing was received');
    const { sourceKey } = last.data.fact;
    const corrected = receipt(3, { sourceKey, sourceVersion: 2, incomingLine: 'po1' });
    expect(openIn(run(complete, corrected))).toEqual(['po1', 'po2']);
  });

  it('is as open from a snapshot as it was', () => {
    for (const one of [two, complete, cancelled]) expect(openIn(restored(one))).toEqual(openIn(one));
  });

  it('counts as an entry of a snapshot, settled or not', () => {
    expect(entryCountOf(two.state) - entryCountOf(runAll(incomingOf('po1', 4)).state)).toBe(1);
    expect(entryCountOf(cancelled.state)).toBe(entryCountOf(two.state));
  });

  it('is refused where too many are open: those that are settled do not count', () => {
    const keys = Array.from({ length: incomingLinesMax }, (_, index) => `line-${index}`);
    const full = runAll(...keys.map((key) => incomingOf(key, 1)));
    const more = decideOn(full.state, incomingOf('more', 1));
    expect(more).toMatchObject({ refusal: { code: 'too_many_incoming_lines', open: incomingLinesMax } });
    const after = run(full, receipt(1, { incomingLine: 'line-0' }));
    expect(decideOn(after.state, incomingOf('more', 1)).kind).toBe('accepted');
    expect(decideOn(full.state, incomingOf('line-0', 2, { sourceVersion: 2 })).kind).toBe('accepted');
  });
});
