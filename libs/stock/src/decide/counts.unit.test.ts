import { describe, expect, it } from 'vitest';
import { at, later } from '../../testing/company.js';
import { adjustment, countOf, hashed, issueOf, receipt, reporting } from '../../testing/facts.js';
import { reserveOf } from '../../testing/requests.js';
import { outcomeOf, run, runAll, started, type Run } from '../../testing/run.js';
import { onHand, srcq } from '../../testing/standing.js';
import type { CountStock, StockCommand } from '../commands.js';
import { movementsMax } from '../bounds.js';
import { postings } from '../postings.js';

const floor = { location: 'floor', connection: 'till' } as const;
const morning = { occurredAt: at('08:00') } as const;
/** What had happened by a moment, as far as these events know. */
const onHandAt = ({ events }: Run, moment: string, location: string): number =>
  events
    .filter(({ occurredAt }) => occurredAt <= moment)
    .flatMap(postings)
    .filter((posting) => posting.location === location)
    .reduce((sum, { quantity }) => sum + quantity, 0);

describe('a count', () => {
  it('is compared with the ledger of its moment; only the difference is posted', () => {
    const moved = run(runAll(receipt(10, morning)), issueOf(4, { occurredAt: at('11:00') }));
    const counted = run(moved, countOf(9, at('10:00')));
    expect(counted.events.at(-1)).toMatchObject({
      type: 'StockCounted',
      data: {
        parts: [{ location: 'wh1', from: 'sellable', to: 'adjustment', quantity: 1 }],
        asOf: at('10:00'),
        expected: 10,
        observed: 9,
        difference: -1,
      },
      occurredAt: at('10:00'),
    });
    expect(onHand(counted)).toBe(5);
  });
  it('that agrees posts no units, and is remembered', () => {
    const counted = run(runAll(receipt(10, morning)), countOf(10, at('10:00')));
    expect(counted.events.at(-1)?.data.parts).toEqual([]);
  });
  it('of what is usable leaves quarantine and damage out', () => {
    const mixed = runAll(receipt(10, morning), receipt(3, { ...morning, bucket: 'damaged' }), reserveOf('c', 4));
    expect(run(mixed, countOf(10, at('10:00'), { basis: 'usable' })).events.at(-1)?.data.parts).toEqual([]);
    expect(run(mixed, countOf(13, at('10:00'))).events.at(-1)?.data.parts).toEqual([]);
  });
  it('of what is sellable is refused: reservations have no history', () => {
    expect(outcomeOf(started, countOf(1, at('10:00'), { basis: 'sellable' }))).toEqual(['basis_not_supported']);
  });
  it('older than 72 h is refused, and one of the future', () => {
    const old = later(-72 * 3_600 - 1);
    expect(outcomeOf(started, countOf(1, old))).toEqual(['count_too_old']);
    expect(outcomeOf(started, countOf(1, later(-72 * 3_600)))).toEqual(['StockCounted']);
    expect(outcomeOf(started, countOf(1, later(301)))).toEqual(['occurred_in_future']);
  });
  it('corrected, posts from what stands, revisions included', () => {
    const version = (sourceVersion: number, observed: number, rest: Partial<CountStock> = {}) =>
      countOf(observed, at('10:00'), { sourceKey: 'count-1', sourceVersion, ...rest });
    const opened = runAll(receipt(10, morning));
    const counted = run(opened, version(1, 7));
    expect(onHand(run(counted, version(2, 9)))).toBe(9);
    const revised = run(counted, issueOf(2, { occurredAt: at('09:00') }));
    expect([onHand(revised), onHand(run(revised, version(2, 9)))]).toEqual([7, 9]);
    const moved = run(run(counted, receipt(4, { ...morning, location: 'wh2' })), version(2, 5, { location: 'wh2' }));
    expect([onHand(moved), onHand(moved, 'wh2')]).toEqual([10, 5]);
    const earlier = run(counted, countOf(8, at('09:00'), { sourceKey: 'count-1', sourceVersion: 2 }));
    expect(onHand(earlier)).toBe(8);
  });
  it('corrected after its first version is long forgotten, posts from what that one posted', () => {
    const version = (sourceVersion: number, observed: number, asOf: string) =>
      countOf(observed, asOf, { sourceKey: 'count-1', sourceVersion });
    const counted = run(runAll(receipt(10, morning)), version(1, 7, at('10:00')));
    const nextWeek = '2026-03-08T10:00:00.000Z';
    const moved = run(counted, receipt(1, { occurredAt: '2026-03-08T09:00:00.000Z' }), { now: nextWeek });
    const again = run(moved, version(2, 9, nextWeek), { now: nextWeek });
    expect([
      onHand(again),
      run(again, version(3, 8, nextWeek), { now: nextWeek }).state.counts.get('wh1')?.[0]?.net,
    ]).toEqual([9, -3]);
  });
  it('of the same moment as another one stands: it was told last', () => {
    const first = run(runAll(receipt(10, morning)), countOf(7, at('10:00')));
    expect(onHand(run(first, countOf(9, at('10:00'))))).toBe(9);
  });
  it('before another one changes what that one found, and the later one stands', () => {
    const evening = run(runAll(receipt(10, morning)), countOf(7, at('11:00')));
    const both = run(evening, countOf(9, at('10:00')));
    expect([onHand(both), onHandAt(both, at('10:30'), 'wh1'), onHandAt(both, at('11:00'), 'wh1')]).toEqual([7, 9, 7]);
  });
});

describe('a movement that had happened before a count', () => {
  const counted = run(runAll(receipt(10, morning)), countOf(8, at('10:00'), { sourceKey: 'first' }));
  it('is taken back by the earliest count after it', () => {
    const twice = run(counted, countOf(8, at('11:00'), { sourceKey: 'second' }));
    const late = run(twice, adjustment(3, { occurredAt: at('09:00'), sourceKey: 'found' }));
    expect(late.events.slice(-1)).toEqual([
      {
        type: 'CountRevised',
        data: {
          parts: [{ location: 'wh1', from: 'sellable', to: 'adjustment', quantity: 3 }],
          location: 'wh1',
          asOf: at('10:00'),
          count: 'wms|count|first',
          causedBy: 'wms|adjustment|found',
        },
        occurredAt: at('10:00'),
      },
    ]);
    expect(onHand(late)).toBe(8);
  });
  it('is taken back by the one that looked at what it changed, and a revision by the ones after it', () => {
    const usable = { basis: 'usable', sourceKey: 'second' } as const;
    const both = run(run(counted, countOf(8, at('11:00'), usable)), countOf(8, at('11:30'), { sourceKey: 'third' }));
    const revisedBy = (command: StockCommand) =>
      run(both, command)
        .events.slice(both.events.length + 1)
        .map(({ data }) => ['count' in data && data.count.slice(-6), data.parts[0]?.to, data.parts[0]?.quantity]);
    expect(revisedBy(receipt(3, { bucket: 'damaged', occurredAt: at('10:30') }))).toEqual([
      ['|third', 'adjustment', 3],
    ]);
    const broken = hashed({
      ...{ ...reporting('wms'), kind: 'bucket_change', location: 'wh1', occurredAt: at('09:00') },
      ...{ from: 'sellable', to: 'damaged', quantity: 2, reason: 'broken' },
    });
    expect(revisedBy(broken)).toEqual([
      ['second', 'sellable', 2],
      ['|third', 'adjustment', 2],
    ]);
  });
  it('is one that happened at that very moment too; one after it is not', () => {
    expect(outcomeOf(counted, issueOf(1, { occurredAt: at('10:00') }))).toEqual(['StockIssued', 'CountRevised']);
    expect(outcomeOf(counted, issueOf(1, { occurredAt: '2026-03-01T10:00:00.001Z' }))).toEqual(['StockIssued']);
    expect(outcomeOf(counted, issueOf(1, { occurredAt: at('09:00'), location: 'wh2' }))).toEqual(['StockIssued']);
  });
});

describe('scenario 4', () => {
  it('the offline till: its sale was in the count already', () => {
    const opened = runAll(receipt(8, { ...floor, occurredAt: '2026-02-28T08:00:00.000Z' }));
    const asOf = '2026-02-28T18:00:00.000Z';
    const counted = run(opened, countOf(7, asOf, { ...floor, connection: 'scanner' }), { now: asOf });
    expect(srcq(counted, 'floor')[0]).toBe(7);
    const sale = issueOf(1, { ...floor, occurredAt: '2026-02-28T16:10:00.000Z' });
    const uploaded = run(counted, sale, { now: '2026-02-28T20:00:00.000Z' });
    expect(uploaded.events.slice(-2).map(({ type, data }) => [type, data.parts])).toEqual([
      ['StockIssued', [{ location: 'floor', from: 'sellable', to: 'customer', quantity: 1 }]],
      ['CountRevised', [{ location: 'floor', from: 'adjustment', to: 'sellable', quantity: 1 }]],
    ]);
    const evening = '2026-02-28T17:00:00.000Z';
    expect([
      onHand(uploaded, 'floor'),
      onHandAt(opened, evening, 'floor'),
      onHandAt(uploaded, evening, 'floor'),
    ]).toEqual([7, 8, 7]);
  });
});

describe("a till's sale from before the weekend", () => {
  it('is posted, marked late, and revises nothing', () => {
    const opened = runAll(receipt(8, { ...floor, occurredAt: later(-100 * 3_600) }));
    const counted = run(opened, countOf(7, later(-60 * 3_600), { ...floor, connection: 'scanner' }));
    const sold = run(counted, issueOf(2, { ...floor, occurredAt: later(-73 * 3_600) }));
    expect(sold.events.at(-1)).toMatchObject({ type: 'StockIssued', data: { late: true } });
    expect(onHand(sold, 'floor')).toBe(5);
    expect(outcomeOf(counted, issueOf(2, { ...floor, occurredAt: later(-71 * 3_600) }))).toEqual([
      'StockIssued',
      'CountRevised',
    ]);
  });
});

describe('what is remembered of movements', () => {
  it('is bounded: beyond it, figures are too old to compare', () => {
    let all = started;
    for (let index = 0; index <= movementsMax; index += 1)
      all = {
        events: [],
        state: run({ ...all, events: [] }, receipt(1, { occurredAt: later(index / 1_000 - 3_600) })).state,
      };
    expect(all.state.movements.size).toBe(movementsMax);
    expect(outcomeOf(all, countOf(1, later(-3_601)))).toEqual(['count_too_old']);
    expect(outcomeOf(all, countOf(1, later(-3_600)))).toEqual(['StockCounted']);
    expect(run(all, receipt(1, { occurredAt: later(-3_601) })).events.at(-1)?.data).toMatchObject({ late: true });
  });
  it('is forgotten after 72 h', () => {
    const old = runAll(receipt(1, { occurredAt: later(-80 * 3_600) }));
    const now = later(3_600);
    expect(run(old, receipt(1, { occurredAt: now }), { now }).state.movements.size).toBe(1);
  });
});
