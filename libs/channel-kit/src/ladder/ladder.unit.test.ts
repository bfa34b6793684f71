import { describe, expect, it } from 'vitest';
import { computes, hundredthOf, refuseStep, rungs, takesOrders, writes, type Ladder } from './ladder.js';

describe('the ladder', () => {
  it('goes up one rung at a time', () => {
    expect(refuseStep('off', { rung: 'observe' })).toBeUndefined();
    expect(refuseStep('off', { rung: 'live' })).toEqual({
      ...{ kind: 'not_a_step', from: 'off', to: 'live', next: ['observe'] },
    });
    expect(refuseStep('shadow', { rung: 'live' })?.kind).toBe('not_a_step');
  });

  it('goes down to anywhere and pauses from wherever orders are taken in', () => {
    for (const from of ['observe', 'shadow', 'canary', 'live'] as const) {
      expect(refuseStep(from, { rung: 'off' })).toBeUndefined();
      expect(refuseStep(from, { rung: 'paused' })).toBeUndefined();
    }
  });

  it('asks which listings a canary has', () => {
    expect(refuseStep('shadow', { rung: 'canary' })).toEqual({ kind: 'canary_missing' });
    expect(refuseStep('shadow', { rung: 'canary', canary: { percent: 5 } })).toBeUndefined();
  });

  it('writes when live, and in a canary what belongs to it', () => {
    const canary: Ladder = { rung: 'canary', canary: { listings: ['a'] } };
    expect([writes(canary, 'a'), writes(canary, 'b'), writes({ rung: 'live' }, 'b')]).toEqual([true, false, true]);
    for (const rung of rungs.filter((one) => one !== 'live' && one !== 'canary'))
      expect(writes({ rung }, 'a')).toBe(false);
  });

  it('takes orders in everywhere but off, and computes from shadow on', () => {
    expect(rungs.filter((rung) => takesOrders({ rung }))).toEqual(rungs.filter((rung) => rung !== 'off'));
    expect(rungs.filter((rung) => computes({ rung }))).toEqual(['shadow', 'canary', 'live']);
  });

  it('takes a share that grows: who is in at 5% is in at 20%, and 20% is about a fifth', () => {
    const listings = Array.from({ length: 5_000 }, (_, index) => `row-${index}`);
    const at = (percent: number) => listings.filter((one) => writes({ rung: 'canary', canary: { percent } }, one));
    const [some, more] = [at(5), new Set(at(20))];
    expect(some.every((one) => more.has(one))).toBe(true);
    expect(more.size / listings.length).toBeCloseTo(0.2, 1);
    expect(hundredthOf('row-1')).toBe(hundredthOf('row-1'));
  });
});
