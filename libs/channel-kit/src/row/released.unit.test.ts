import { describe, expect, it } from 'vitest';
import { lookAt, type Around, type Look } from './look.js';
import { heard, newRecord, released, type RowRecord } from './row-record.js';

/** The row showed 20, and 15 units have gone without an order: too much to be raised by itself. */
const before = (() => {
  const announced = heard(newRecord('42'), { shown: 20, held: 0, sequence: 1 });
  return looked(announced, { read: 20, target: 20, now: 1_000 }).record;
})();

function looked(record: RowRecord, { read, target, now }: { read: number; target: number; now: number }): Look {
  const channel: Around['channel'] = { raisedToday: 0, drifting: 1, rows: 5_000 };
  const around = { target, unconfirmed: 0, isFeedStale: false, feedWholeAt: now - 1, channel, now };
  return lookAt(record, { value: read, span: { from: now - 1, to: now } }, around);
}

const held = (): RowRecord => {
  const first = looked(before, { read: 5, target: 20, now: 100_000 });
  return looked(first.record, { read: 5, target: 20, now: 161_000 }).record;
};

describe('a row that was held', () => {
  it('waits for a person', () => {
    expect(held().hold).toBe('too_much');
    expect(looked(held(), { read: 5, target: 20, now: 300_000 }).decision).toEqual({
      kind: 'wait',
      for: 'explanation',
    });
  });

  it.each([
    ['rises to what the ledger says where the ledger is right', 20, { kind: 'write', value: 20 }],
    ['stays as it is where the ledger was corrected', 5, { kind: 'right' }],
  ])('%s', (_what, target, decision) => {
    const look = looked(released(held(), 200_000), { read: 5, target, now: 200_100 });
    expect([look.decision, look.evidence, look.record.hold]).toEqual([decision, undefined, undefined]);
  });

  it('goes on from what it shows then: units that go missing afterwards are seen', () => {
    const { record } = looked(released(held(), 200_000), { read: 5, target: 5, now: 200_100 });
    expect(looked(record, { read: 4, target: 5, now: 300_000 }).evidence).toMatchObject({ kind: 'below', units: 1 });
  });

  it('keeps a write without an answer', () => {
    const write = { value: 9, span: { from: 199_000, to: 260_000 }, outcome: 'unknown' } as const;
    const unanswered = { ...held(), history: { ...held().history!, writes: [write] } };
    const look = looked(released(unanswered, 200_000), { read: 5, target: 20, now: 200_100 });
    expect([look.decision, look.record.history?.writes]).toEqual([{ kind: 'wait', for: 'answer' }, [write]]);
  });

  it('control: with its hold taken away and nothing else it is held once more', () => {
    const unheld: RowRecord = { ...held(), hold: undefined, sample: undefined };
    const first = looked(unheld, { read: 5, target: 20, now: 200_000 });
    expect(looked(first.record, { read: 5, target: 20, now: 261_000 }).record.hold).toBe('too_much');
  });
});
