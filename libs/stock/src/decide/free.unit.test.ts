import { describe, expect, it } from 'vitest';
import { at, later } from '../../testing/company.js';
import { countOf, issueOf, receipt } from '../../testing/facts.js';
import { acknowledged, lineOfOrder, order } from '../../testing/requests.js';
import { outcomeOf, restored, run, runAll, type Run } from '../../testing/run.js';
import type { CountStock } from '../commands.js';

/* What is free to a system: what is usable, less the commitments that this system knows of. */

const ordered = (orderKey: string, quantity: number, occurredAt: string, version = 1) =>
  order(orderKey, quantity, { version, placedAt: at('07:00'), occurredAt });
const free = (observed: number, asOf: string, rest: Partial<CountStock> = {}) =>
  countOf(observed, asOf, { basis: 'free', ...rest });
/** What the ledger says was free to the warehouse's system at a moment. */
const freeAt = (before: Run, asOf: string, rest: Partial<CountStock> = {}): unknown => {
  const { events } = run(before, free(0, asOf, rest));
  const counted = events.findLast(({ type }) => type === 'StockCounted');
  return counted?.type === 'StockCounted' && counted.data.expected;
};

const early = { occurredAt: at('07:00') };
const morning = runAll(receipt(100, early), ordered('o1', 5, at('08:00')), acknowledged('o1', 5, at('08:30')));

describe('a figure of what is free', () => {
  it('counts what its source has acknowledged by then as gone, and nothing that it acknowledged later', () => {
    expect([freeAt(morning, at('08:29')), freeAt(morning, at('08:30'))]).toEqual([100, 95]);
  });
  it('is each source’s own: what another one knows counts for nothing', () => {
    const told = run(morning, acknowledged('o1', 2, at('08:40'), { connection: 'web_shop' }));
    expect(freeAt(told, at('09:00'))).toBe(95);
    expect(freeAt(told, at('09:00'), { connection: 'operator' })).toBe(100);
  });
  it('stays the same when acknowledged units are issued, and falls when others are', () => {
    const shipped = run(morning, issueOf(5, { order: lineOfOrder('o1'), occurredAt: at('09:30') }));
    expect([freeAt(shipped, at('09:00')), freeAt(shipped, at('10:00'))]).toEqual([95, 95]);
    const sold = run(shipped, issueOf(3, { occurredAt: at('09:40') }));
    expect(freeAt(sold, at('10:00'))).toBe(92);
  });
  it('rises by acknowledged units that are given up, last of all', () => {
    const more = run(morning, ordered('o1', 8, at('08:35'), 2));
    expect(freeAt(run(more, ordered('o1', 5, at('08:50'), 3)), at('09:00'))).toBe(95);
    expect(freeAt(run(more, ordered('o1', 2, at('08:50'), 3)), at('09:00'))).toBe(98);
  });
  it('does not count units as gone that had left before their source acknowledged them', () => {
    const shipped = run(morning, issueOf(5, { order: lineOfOrder('o1'), occurredAt: at('08:10') }));
    expect([freeAt(shipped, at('08:20')), freeAt(shipped, at('08:45'))]).toEqual([95, 95]);
  });
  it('is told the same from a snapshot', () => {
    expect(freeAt(restored(morning), at('08:29'))).toBe(100);
    expect(freeAt(restored(morning), at('08:31'))).toBe(95);
  });
  it('that was posted is revised by what its source had acknowledged before it, and by nothing after it', () => {
    const counted = run(runAll(receipt(100, early), ordered('o1', 5, at('08:00'))), free(95, at('09:00')));
    expect(counted.state.balances.get('wh1')?.sellable).toBe(90);
    const heard = run(counted, acknowledged('o1', 5, at('08:30')));
    expect(heard.state.balances.get('wh1')?.sellable).toBe(95);
    expect(run(counted, acknowledged('o1', 5, at('09:30'))).state.balances.get('wh1')?.sellable).toBe(90);
    expect(run(counted, acknowledged('o1', 5, at('08:30'), { connection: 'web_shop' })).events.at(-1)?.type).toBe(
      'CommitmentAcknowledged',
    );
  });
});

describe('an acknowledgement', () => {
  it('needs units that its connection has not acknowledged yet, sent or not', () => {
    expect(outcomeOf(morning, acknowledged('o1', 1, at('08:40')))).toEqual(['not_committed_there']);
    expect(outcomeOf(morning, acknowledged('o1', 5, at('08:40'), { connection: 'web_shop' }))).toEqual([
      'CommitmentAcknowledged',
    ]);
  });
  it('may come from whoever gives figures there, who may not speak of what was sent', () => {
    const policy = { order: { channel: 'pos', orderKey: 'p1', line: '1' }, location: 'floor', connection: 'scanner' };
    expect(outcomeOf(morning, acknowledged('p1', 1, at('08:40'), policy))).toEqual(['unknown_order_line']);
    expect(outcomeOf(morning, acknowledged('p1', 1, at('08:40'), { ...policy, state: 'sent' }))).toEqual([
      'not_author',
    ]);
  });
  it('of the future is refused', () => {
    expect(outcomeOf(morning, acknowledged('o1', 1, later(301)))).toEqual(['occurred_in_future']);
  });
  it('ends with a refusal of what was sent', () => {
    const sent = run(morning, { ...acknowledged('o1', 5, at('08:40')), state: 'sent' });
    const refused = run(sent, { ...acknowledged('o1', 2, at('08:50')), state: 'refused' });
    expect(freeAt(refused, at('09:00'))).toBe(97);
  });
});
