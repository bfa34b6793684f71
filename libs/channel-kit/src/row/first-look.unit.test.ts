import { describe, expect, it } from 'vitest';
import { lookAt, type Around } from './look.js';
import { movedBy, newRecord } from './row-record.js';

const at = 1_000_000;
const around = (target: number, now = at): Around => ({
  ...{ target, now, unconfirmed: 0, isFeedStale: false, feedWholeAt: now },
  channel: { rows: 100, drifting: 0, raisedToday: 0 },
});
const read = (value: number, from: number) => ({ value, span: { from, to: from + 10 } });

describe('a row that is read for the first time', () => {
  it('does not rise: what the shop sold since its feed was read would be written back in', () => {
    const first = lookAt(newRecord('42'), read(7, at), around(10));
    expect([first.decision, first.evidence]).toEqual([{ kind: 'wait', for: 'feed' }, undefined]);
    const sold = movedBy(first.record, { span: { from: at - 900, to: at + 1_000 }, moved: [-3] });
    const second = lookAt(sold, read(7, at + 5_000), around(7, at + 5_000));
    expect([second.decision, second.evidence]).toEqual([{ kind: 'right' }, undefined]);
  });

  it('rises at the next look where nothing was sold', () => {
    const { record } = lookAt(newRecord('42'), read(7, at), around(10));
    expect(record.restsUntil).toBe(at + 5_000);
    const { decision } = lookAt(record, read(7, at + 5_000), around(10, at + 5_000));
    expect(decision).toEqual({ kind: 'write', value: 10 });
  });

  it('falls at once', () => {
    const { decision } = lookAt(newRecord('42'), read(7, at), around(5));
    expect(decision).toEqual({ kind: 'write', value: 5 });
  });
});
