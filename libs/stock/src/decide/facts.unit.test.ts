import { describe, expect, it } from 'vitest';
import { specify } from '#testing';
import { at, later, nothingKnown, now, policy } from '../../testing/company.js';
import { adjustment, hashed, issueOf, receipt, reporting, returnOf } from '../../testing/facts.js';
import { lineOfOrder } from '../../testing/requests.js';
import { outcomeOf, run, runAll, started } from '../../testing/run.js';
import { srcq } from '../../testing/standing.js';
import { balanceMax, quantityMax } from '../bounds.js';
import type { DispatchTransfer, FactCommand, MoveBetweenBuckets } from '../commands.js';
import { factKeyOf } from '../keys.js';
import type { FactRecord } from '../state/facts.js';
import { factContentOf, stockDecider, stockKind } from '../stock-kind.js';

const spec = specify(stockDecider, { now, policy, known: nothingKnown });
const version = (sourceVersion: number) => ({ sourceKey: 'line-1', sourceVersion });
const toQuarantine = (quantity: number, rest: Partial<MoveBetweenBuckets> = {}) =>
  hashed<MoveBetweenBuckets>({
    ...reporting('wms'),
    kind: 'bucket_change',
    location: 'wh1',
    from: 'sellable',
    to: 'quarantined',
    reason: 'leaking',
    quantity,
    ...rest,
  });

describe('a fact', () => {
  it('is posted once, and its correction posts the difference', () => {
    const first = receipt(100, version(1));
    const second = receipt(10, version(2));
    const received = (quantity: number, fact: object, from: 'supplier' | 'sellable') => ({
      type: 'StockReceived' as const,
      data: {
        parts: [
          { location: 'wh1', from, to: from === 'supplier' ? ('sellable' as const) : ('supplier' as const), quantity },
        ],
        fact: {
          connection: 'wms',
          kind: 'receipt' as const,
          sourceKey: 'line-1',
          version: 1,
          hash: first.hash,
          ...fact,
        },
      },
      occurredAt: now,
    });
    const posted = received(100, {}, 'supplier');
    spec.given().when(first).then(posted);
    spec.given(posted).when(first).thenNothing();
    const stands = [{ location: 'wh1', from: 'supplier', to: 'sellable', quantity: 10 }] as const;
    const corrected = received(90, { version: 2, hash: second.hash, corrects: 1, stands }, 'sellable');
    spec.given(posted).when(second).then(corrected);
    spec.given(posted, corrected).when(first).thenNothing();
    spec
      .given(posted, corrected)
      .when(receipt(11, version(2)))
      .thenRefused({ code: 'fact_reused', sourceKey: 'line-1', version: 2 });
  });

  const kinds: readonly (readonly [string, (quantity: number, rest: object) => FactCommand, readonly number[]])[] = [
    ['receipt', receipt, [9, 0, 0, 0]],
    ['issue', issueOf, [1, 0, 0, 0]],
    ['return', returnOf, [9, 0, 0, 0]],
    ['adjustment up', adjustment, [9, 0, 0, 0]],
    ['adjustment down', (quantity, rest) => adjustment(-quantity, rest), [1, 0, 0, 0]],
    ['bucket change', toQuarantine, [1, 0, 0, 4]],
    [
      'transfer',
      (quantity, rest) =>
        hashed<DispatchTransfer>({
          ...reporting('wms'),
          kind: 'transfer_dispatch',
          transfer: 't1',
          location: 'wh1',
          to: 'wh2',
          quantity,
          ...rest,
        }),
      [1, 0, 0, 0],
    ],
  ];
  it.each(kinds)('%s: posts, corrects, moves and voids', (_, command, once) => {
    const opened = runAll(receipt(5), receipt(5, { location: 'wh2' }));
    const first = run(opened, command(4, version(1)));
    expect(srcq(first, 'wh1')).toEqual(once);
    expect(srcq(run(first, command(4, version(1))), 'wh1')).toEqual(once);
    const corrected = run(run(first, command(2, version(2))), command(4, version(3)));
    expect(srcq(corrected, 'wh1')).toEqual(once);
    const moved = run(corrected, command(4, { ...version(4), location: 'wh2' }));
    expect([srcq(moved, 'wh1'), srcq(moved, 'wh2')]).toEqual([[5, 0, 0, 0], once]);
    expect(moved.events.length).toBe(corrected.events.length + 1);
    const voided = run(moved, command(0, { ...version(5), location: 'wh2' }));
    expect(srcq(voided, 'wh2')).toEqual([5, 0, 0, 0]);
    expect(srcq(run(voided, command(4, version(4))), 'wh1')).toEqual([5, 0, 0, 0]);
  });

  it('that voids a key never seen is remembered: the version before it comes too late', () => {
    const voided = run(started, receipt(0, version(2)));
    expect(voided.events).toMatchObject([{ type: 'StockReceived', data: { parts: [] } }]);
    expect(outcomeOf(voided, receipt(7, version(1)))).toEqual([]);
  });
  it('of a newer version with the same effect leaves that version', () => {
    const same = run(runAll(receipt(7, version(1))), receipt(7, { ...version(2), incomingLine: 'po-1' }));
    expect(same.events.at(-1)?.data.parts).toEqual([]);
    expect(outcomeOf(same, receipt(9, version(2)))).toEqual(['fact_reused']);
  });
  it('moves to another bucket in one event', () => {
    const moved = run(runAll(receipt(7, version(1))), receipt(7, { ...version(2), bucket: 'damaged' }));
    expect(srcq(moved, 'wh1')[0]).toBe(0);
    expect(moved.state.balances.get('wh1')?.damaged).toBe(7);
  });
  it('may drive a balance below zero: it has happened', () => {
    expect(srcq(run(started, issueOf(3)), 'wh1')).toEqual([-3, 0, 0, 0]);
  });
  it('scrapped on return never was stock', () => {
    expect(srcq(run(started, returnOf(3, { disposition: 'scrapped' })), 'wh1')).toEqual([0, 0, 0, 0]);
  });
  it('keeps the three reports of a transfer apart, in any order', () => {
    const report = (kind: 'transfer_dispatch' | 'transfer_receipt' | 'transfer_close', rest: object) =>
      hashed<FactCommand>({ ...reporting('wms'), kind, sourceKey: 'same', transfer: 't1', ...rest } as never);
    const all = [
      report('transfer_receipt', { location: 'wh2', quantity: 6 }),
      report('transfer_dispatch', { location: 'wh1', to: 'wh2', quantity: 8 }),
      report('transfer_close', { location: 'wh1', lost: 2 }),
    ];
    const done = runAll(receipt(10), ...all);
    expect([srcq(done, 'wh1'), srcq(done, 'wh2'), done.state.transit.size]).toEqual([[2, 0, 0, 0], [6, 0, 0, 0], 0]);
  });
});

describe('a fact is refused', () => {
  const elsewhere = { ...nothingKnown, elsewhere: new Map([['wms|receipt|line-1', 'stock-B']]) };
  it('in the documented order', () => {
    const wrong = receipt(quantityMax + 1, {
      ...version(1),
      connection: 'erp',
      location: 'nowhere',
      occurredAt: later(301),
    });
    const refusal = (command: FactCommand) => outcomeOf(runAll(receipt(1, version(1))), command, { known: elsewhere });
    expect(refusal(wrong)).toEqual(['quantity_out_of_range']);
    expect(refusal({ ...wrong, quantity: 3 })).toEqual(['occurred_in_future']);
    expect(refusal({ ...wrong, quantity: 3, occurredAt: later(300) })).toEqual(['unknown_location']);
    expect(refusal({ ...wrong, quantity: 3, occurredAt: now, location: 'wh1' })).toEqual(['not_author']);
    const own = { ...wrong, quantity: 3, occurredAt: now, location: 'wh1', connection: 'wms' };
    expect(refusal(own)).toEqual(['fact_reused']);
    expect(refusal({ ...own, sourceVersion: 2 })).toEqual(['fact_moved']);
    expect(refusal({ ...own, sourceVersion: 2, quantity: 0 })).toEqual(['StockReceived']);
  });
  it('from anybody but the author of its kind there; people may adjust, count and move between buckets everywhere', () => {
    const by = (connection: string, command: (rest: object) => FactCommand) =>
      outcomeOf(started, command({ connection }));
    expect(by('operator', (rest) => receipt(1, rest))).toEqual(['not_author']);
    expect(by('operator', (rest) => adjustment(1, rest))).toEqual(['StockAdjusted']);
    expect(by('operator', (rest) => toQuarantine(1, rest))).toEqual(['StockMovedBetweenBuckets']);
    expect(by('till', (rest) => issueOf(1, { ...rest, location: 'floor' }))).toEqual(['StockIssued']);
    expect(by('nobody', (rest) => issueOf(1, rest))).toEqual(['not_author']);
  });
  it('where a balance would leave the range', () => {
    const full = { ...runAll(receipt(1)).state };
    const balances = full.balances.with('wh1', { ...full.balances.get('wh1')!, sellable: balanceMax });
    expect(outcomeOf({ state: { ...full, balances }, events: [] }, receipt(1))).toEqual(['quantity_out_of_range']);
    expect(outcomeOf({ state: { ...full, balances }, events: [] }, issueOf(1))).toEqual(['StockIssued']);
  });
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('for a quantity of %s', (quantity) => {
    expect(outcomeOf(started, receipt(quantity))).toEqual(['quantity_out_of_range']);
  });
  it('for an order of a channel that nobody has defined', () => {
    expect(outcomeOf(started, issueOf(1, { order: lineOfOrder('o', 'x') }))).toEqual(['unknown_channel']);
  });
});

describe('a line corrected to another SKU', () => {
  it('goes to 0 on the old one first, then stands on the new one', () => {
    const old = runAll(receipt(5, version(1)));
    const standing = new Map([[factKeyOf(receipt(5, version(1))), 'stock-A']]);
    const isMoved = { known: { ...nothingKnown, elsewhere: standing } };
    expect(outcomeOf(started, receipt(5, version(2)), isMoved)).toEqual(['fact_moved']);
    const gone = run(old, receipt(0, version(2)));
    const back = { known: { ...nothingKnown, elsewhere: new Map([[factKeyOf(receipt(5, version(2))), 'stock-B']]) } };
    expect(outcomeOf(gone, receipt(5, version(3)), back)).toEqual(['fact_moved']);
    const key = factKeyOf(receipt(5, version(1)));
    expect([old, gone].map(({ state }) => stockKind.remembersFact(state, key))).toEqual([true, false]);
    const there = run(started, receipt(5, version(2)));
    expect([srcq(gone, 'wh1'), srcq(there, 'wh1')]).toEqual([
      [0, 0, 0, 0],
      [5, 0, 0, 0],
    ]);
  });
});

describe('what is known beside the state', () => {
  it('stands for a fact that the state has forgotten', () => {
    const first = receipt(100, version(1));
    const facts = new Map<string, FactRecord>([
      [
        factKeyOf(first),
        {
          kind: 'fact',
          version: 1,
          hash: first.hash,
          stands: [{ location: 'wh1', from: 'supplier', to: 'sellable', quantity: 100 }],
        },
      ],
    ]);
    const forgotten = { state: { ...runAll(first).state, facts: started.state.facts }, events: [] };
    const rest = { known: { ...nothingKnown, facts } };
    expect(outcomeOf(forgotten, first, rest)).toEqual([]);
    expect(srcq(run(forgotten, receipt(10, version(2)), rest), 'wh1')).toEqual([10, 0, 0, 0]);
  });
});

describe('the keys that a corrected issue depends on', () => {
  it('are its own, its line and, once that is known, the line that it named before', () => {
    const order = lineOfOrder('o1');
    const issue = issueOf(2, { sourceKey: 'parcel', sourceVersion: 2, order: { ...order, line: '2' } });
    const before: FactRecord = { kind: 'fact', version: 1, hash: 'x', stands: [], order };
    expect(stockKind.factKeysOf(issue)).toEqual(['wms|issue|parcel', 'web|ordered|o1|2']);
    expect(stockKind.furtherFactKeysOf?.(issue, new Map([['wms|issue|parcel', before]]))).toEqual(['web|ordered|o1|1']);
    expect(stockKind.furtherFactKeysOf?.(issue, new Map())).toEqual([]);
  });
});

describe('the content of a fact', () => {
  it('is all but who says it of which line', () => {
    const command = receipt(3, { occurredAt: at('10:00') });
    expect(factContentOf(command)).toEqual({
      kind: 'receipt',
      sourceVersion: 1,
      occurredAt: at('10:00'),
      location: 'wh1',
      bucket: 'sellable',
      quantity: 3,
    });
    expect(factContentOf({ ...command, hash: 'x', sourceKey: 'y', connection: 'z' })).toEqual(factContentOf(command));
  });
});
