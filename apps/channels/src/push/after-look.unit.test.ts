import { describe, expect, it } from 'vitest';
import { newRecord } from '#channel-kit';
import { answeredOf, quietRow, type LookedRow } from './after-look.js';
import type { AimedRow } from './aim.js';

const now = 100_000;
const aimed = (record: Partial<AimedRow['record']>): AimedRow =>
  ({ row: '42', heard: 1, target: 5, sequence: 1, record: { ...newRecord('42'), ...record } }) as AimedRow;

it('a write without an answer is looked for from when it was sent, not from when it can come no more', () => {
  const history = { base: { value: 5, span: { from: now - 2, to: now - 1 } }, writes: [], movements: [] };
  const looked = { look: { record: { ...newRecord('42'), history } } } as unknown as LookedRow;
  const write = { value: 3, span: { from: now, to: now + 60_000 }, outcome: 'unknown' } as const;
  const { checks } = answeredOf(looked, write, now + 5_000);
  expect(checks.map((at) => at - now)).toEqual([7_000, 20_000, 40_000, 60_000, 65_000]);
});

describe('a row of which there was nothing to read', () => {
  it('is not due again because of a rest or a check that is over', () => {
    const saved = quietRow(aimed({ restsUntil: now, checks: [now - 1] }), now);
    expect([saved.dueAt, saved.record.restsUntil, saved.record.checks]).toEqual([undefined, undefined, []]);
  });

  it('keeps what is still to come', () => {
    const saved = quietRow(aimed({ restsUntil: now + 2, checks: [now - 1, now + 1] }), now);
    expect([saved.dueAt, saved.record.restsUntil, saved.record.checks]).toEqual([now + 1, now + 2, [now + 1]]);
  });

  it('is looked at a second time where units were missing in it, though what is expected of it is right', () => {
    const sample = { units: 1, at: now - 10_000 };
    expect(quietRow(aimed({ sample }), now).dueAt).toBe(now + 50_000);
    expect(quietRow(aimed({ sample, hold: 'too_much' }), now).dueAt).toBeUndefined();
  });
});
