import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, millisOf } from '#event-sourcing';
import type { ToldFact } from '../history/fold-facts.js';
import { discrepanciesOf, matchMillisMax } from './match-facts.js';

const noon = millisOf('2026-03-01T12:00:00.000Z');
const hour = 3_600_000;
const after = (hours: number): string => instantOf(noon + hours * hour);
const order = { channel: 'web', orderKey: '501', line: '1' };

let facts = 0;
const told = (connection: string, units: number, rest: Partial<ToldFact> = {}): ToldFact => ({
  ...{ sku: 'T', kind: 'issue', connection, sourceKey: `f${++facts}`, version: 1, witness: connection !== 'wms' },
  ...{ location: 'wh1', units, occurredAt: after(0), recordedAt: after(0) },
  ...rest,
});
/** Who said what, beside the author. */
const briefly = (list: readonly ToldFact[]): readonly unknown[] =>
  discrepanciesOf(list).map(({ connection, by, said, author }) => [connection, by, said, author]);

describe('facts of an order line', () => {
  const shop = told('shop', -3, { order });
  const first = told('wms', -2, { order });
  it('are compared as a sum, and the discrepancy ends when the author’s sum reaches it', () => {
    expect(briefly([first, shop])).toEqual([['shop', 'order_line', -3, -2]]);
    expect(briefly([first, shop, told('wms', -1, { order, occurredAt: after(19) })])).toEqual([]);
  });
  it('are one at once, since the last word of either', () => {
    const [one] = discrepanciesOf([{ ...first, recordedAt: after(2) }, shop]);
    expect(one).toMatchObject({ since: after(2), facts: 1, order, sourceKey: shop.sourceKey });
  });
  it('of a witness who has seen a part are none', () => {
    expect(briefly([first, told('shop', -1, { order })])).toEqual([]);
  });
  it('of another line are another’s', () => {
    const other = { ...order, line: '2' };
    expect(
      briefly([told('shop', -2, { order: other, location: 'wh2' }), first, told('wms', -1, { order: other })]),
    ).toEqual([['shop', 'order_line', -2, -1]]);
  });
  it('of a line that the author never names are matched like any others', () => {
    expect(briefly([shop, told('wms', -3)])).toEqual([]);
    expect(briefly([shop, told('wms', -2)])).toEqual([['shop', 'fact', -3, 0]]);
  });
});

describe('facts under a document', () => {
  const note = { document: 'DN-1' };
  it('are compared as a sum, and every difference counts, however far apart they are', () => {
    const erp = told('erp', 90, { ...note, kind: 'receipt' });
    const of = (units: number) => told('wms', units, { ...note, kind: 'receipt', occurredAt: after(100) });
    expect(briefly([erp, of(100)])).toEqual([['erp', 'document', 90, 100]]);
    expect(briefly([erp, of(60), of(30)])).toEqual([]);
  });
  it('of another kind or place are others', () => {
    const erp = told('erp', -2, note);
    expect(briefly([erp, told('wms', -1, { ...note, location: 'wh2' })])).toEqual([['erp', 'fact', -2, 0]]);
    expect(briefly([erp, told('wms', -1, { ...note, kind: 'adjustment' })])).toEqual([['erp', 'fact', -2, 0]]);
  });
});

describe('facts by themselves', () => {
  it('are matched by kind, place and units within a day, to the millisecond', () => {
    const till = told('till', -1);
    const edge = (millis: number) => told('wms', -1, { occurredAt: instantOf(noon + millis) });
    expect(briefly([till, edge(matchMillisMax)])).toEqual([]);
    expect(briefly([till, edge(-matchMillisMax)])).toEqual([]);
    for (const millis of [matchMillisMax + 1, -matchMillisMax - 1])
      expect(briefly([till, edge(millis)])).toEqual([['till', 'fact', -1, 0]]);
    for (const rest of [{ location: 'wh2' }, { kind: 'adjustment' as const }, { units: -2 }])
      expect(briefly([till, told('wms', -1, rest)])).toHaveLength(1);
  });
  it('are a discrepancy a day after they were recorded', () => {
    expect(discrepanciesOf([told('till', -1, { recordedAt: after(3) })])).toMatchObject([{ since: after(27) }]);
  });
  it('are matched one to one, by each witness anew; what an author says alone is nobody’s discrepancy', () => {
    const sold = [told('wms', -1), told('wms', -1)];
    expect(briefly([...sold, told('till', -1)])).toEqual([]);
    expect(briefly([...sold, ...['till', 'till', 'till', 'erp'].map((by) => told(by, -1))])).toEqual([
      ['till', 'fact', -1, 0],
    ]);
  });
  it('do not take what a line has been compared with', () => {
    const shipped = told('wms', -2, { order });
    expect(briefly([shipped, told('shop', -2, { order }), told('shop', -2)])).toEqual([['shop', 'fact', -2, 0]]);
  });
});

describe('whatever was said', () => {
  const hours = fc.integer({ min: 0, max: 72 });
  const some = (connection: string) =>
    fc
      .array(fc.record({ at: hours, units: fc.constantFrom(-1, -2), line: fc.boolean(), document: fc.boolean() }), {
        maxLength: 7,
      })
      .map((list) =>
        list.map(({ at, units, line, document }) =>
          told(connection, units, {
            ...{ occurredAt: after(at), recordedAt: after(at) },
            ...(line && { order }),
            ...(document && { document: 'DN-1' }),
          }),
        ),
      );
  const all = fc.tuple(some('wms'), some('shop'), some('erp')).map((lists) => lists.flat());

  it('the order in which it is read changes nothing', () => {
    const sorted = (list: readonly ToldFact[]) =>
      discrepanciesOf(list)
        .map((row) => JSON.stringify(row))
        .toSorted();
    const shuffled = all.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(sorted(other)).toEqual(sorted(one));
      }),
    );
  });

  /** The most pairs that can be made, by trying every way. */
  const mostPairs = ([first, ...rest]: readonly number[], answers: readonly number[]): number => {
    if (first === undefined) return 0;
    const taking = answers.flatMap((at, index) =>
      Math.abs(at - first) <= 24 ? [1 + mostPairs(rest, answers.toSpliced(index, 1))] : [],
    );
    return Math.max(mostPairs(rest, answers), ...taking);
  };
  it('as many facts find one of the author’s as can', () => {
    const times = fc.array(hours, { maxLength: 5 });
    fc.assert(
      fc.property(times, times, (said, answers) => {
        const of = (connection: string, list: readonly number[]) =>
          list.map((at) => told(connection, -1, { occurredAt: after(at) }));
        const open = discrepanciesOf([...of('till', said), ...of('wms', answers)]);
        expect(open).toHaveLength(said.length - mostPairs(said, answers));
      }),
    );
  });
  it('control: whoever took the nearest would leave one over', () => {
    const open = discrepanciesOf([
      ...[told('till', -1, { occurredAt: after(23) }), told('till', -1, { occurredAt: after(50) })],
      ...[told('wms', -1, { occurredAt: after(0) }), told('wms', -1, { occurredAt: after(30) })],
    ]);
    expect(mostPairs([23, 50], [0, 30])).toBe(2);
    expect(mostPairs([50], [0])).toBe(0);
    expect(open).toEqual([]);
  });
});
