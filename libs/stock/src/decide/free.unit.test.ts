import { describe, expect, it } from 'vitest';
import {
  at,
  countOf,
  issueOf,
  later,
  lineTarget,
  orderOf,
  outcomeOf,
  receipt,
  run,
  runAll,
  type Run,
} from '../../testing/fixtures.js';
import type { AcknowledgeCommitment, CountStock } from '../commands.js';
import { decode, encode } from '../state/snapshot.js';

/* What is free to a system: what is usable, less the commitments that this system knows of. */

const lineOf = (orderKey: string) => ({ channel: 'web', orderKey, line: '1' });
const order = (orderKey: string, quantity: number, moment: string, version = 1) =>
  orderOf(orderKey, [lineTarget('1', version, quantity)], { placedAt: at('07:00'), occurredAt: moment });
const known = (
  orderKey: string,
  quantity: number,
  occurredAt: string,
  rest: Partial<AcknowledgeCommitment> = {},
): AcknowledgeCommitment => ({
  kind: 'acknowledge_commitment',
  connection: 'wms',
  order: lineOf(orderKey),
  location: 'wh1',
  quantity,
  state: 'acknowledged',
  occurredAt,
  ...rest,
});
const free = (observed: number, asOf: string, rest: Partial<CountStock> = {}) =>
  countOf(observed, asOf, { basis: 'free', ...rest });
/** What the ledger says was free to the warehouse's system at a moment. */
const freeAt = (before: Run, asOf: string, rest: Partial<CountStock> = {}): unknown => {
  const { events } = run(before, free(0, asOf, rest));
  const counted = events.findLast(({ type }) => type === 'StockCounted');
  return counted?.type === 'StockCounted' && counted.data.expected;
};

const early = { occurredAt: at('07:00') };
const morning = runAll(receipt(100, early), order('o1', 5, at('08:00')), known('o1', 5, at('08:30')));

describe('a figure of what is free', () => {
  it('counts what its source has acknowledged by then as gone, and nothing that it acknowledged later', () => {
    expect([freeAt(morning, at('08:29')), freeAt(morning, at('08:30'))]).toEqual([100, 95]);
  });
  it('is each source’s own: what another one knows counts for nothing', () => {
    const told = run(morning, known('o1', 2, at('08:40'), { connection: 'web_shop' }));
    expect(freeAt(told, at('09:00'))).toBe(95);
    expect(freeAt(told, at('09:00'), { connection: 'operator' })).toBe(100);
  });
  it('stays the same when acknowledged units are issued, and falls when others are', () => {
    const shipped = run(morning, issueOf(5, { order: lineOf('o1'), occurredAt: at('09:30') }));
    expect([freeAt(shipped, at('09:00')), freeAt(shipped, at('10:00'))]).toEqual([95, 95]);
    const sold = run(shipped, issueOf(3, { occurredAt: at('09:40') }));
    expect(freeAt(sold, at('10:00'))).toBe(92);
  });
  it('rises by acknowledged units that are given up, last of all', () => {
    const more = run(morning, order('o1', 8, at('08:35'), 2));
    expect(freeAt(run(more, order('o1', 5, at('08:50'), 3)), at('09:00'))).toBe(95);
    expect(freeAt(run(more, order('o1', 2, at('08:50'), 3)), at('09:00'))).toBe(98);
  });
  it('does not count units as gone that had left before their source acknowledged them', () => {
    const shipped = run(morning, issueOf(5, { order: lineOf('o1'), occurredAt: at('08:10') }));
    expect([freeAt(shipped, at('08:20')), freeAt(shipped, at('08:45'))]).toEqual([95, 95]);
  });
  it('is told the same from a snapshot', () => {
    const restored = { ...morning, state: decode(encode(morning.state), 3) };
    expect(freeAt(restored, at('08:29'))).toBe(100);
    expect(freeAt(restored, at('08:31'))).toBe(95);
  });
  it('that was posted is revised by what its source had acknowledged before it, and by nothing after it', () => {
    const counted = run(runAll(receipt(100, early), order('o1', 5, at('08:00'))), free(95, at('09:00')));
    expect(counted.state.balances.get('wh1')?.sellable).toBe(90);
    const heard = run(counted, known('o1', 5, at('08:30')));
    expect(heard.state.balances.get('wh1')?.sellable).toBe(95);
    expect(run(counted, known('o1', 5, at('09:30'))).state.balances.get('wh1')?.sellable).toBe(90);
    expect(run(counted, known('o1', 5, at('08:30'), { connection: 'web_shop' })).events.at(-1)?.type).toBe(
      'CommitmentAcknowledged',
    );
  });
});

describe('an acknowledgement', () => {
  it('needs units that its connection has not acknowledged yet, sent or not', () => {
    expect(outcomeOf(morning, known('o1', 1, at('08:40')))).toEqual(['not_committed_there']);
    expect(outcomeOf(morning, known('o1', 5, at('08:40'), { connection: 'web_shop' }))).toEqual([
      'CommitmentAcknowledged',
    ]);
  });
  it('may come from whoever gives figures there, who may not speak of what was sent', () => {
    const policy = { order: { channel: 'pos', orderKey: 'p1', line: '1' }, location: 'floor', connection: 'scanner' };
    expect(outcomeOf(morning, known('p1', 1, at('08:40'), policy))).toEqual(['unknown_order_line']);
    expect(outcomeOf(morning, known('p1', 1, at('08:40'), { ...policy, state: 'sent' }))).toEqual(['not_author']);
  });
  it('of the future is refused', () => {
    expect(outcomeOf(morning, known('o1', 1, later(301)))).toEqual(['occurred_in_future']);
  });
  it('ends with a refusal of what was sent', () => {
    const sent = run(morning, { ...known('o1', 5, at('08:40')), state: 'sent' });
    const refused = run(sent, { ...known('o1', 2, at('08:50')), state: 'refused' });
    expect(freeAt(refused, at('09:00'))).toBe(97);
  });
});
