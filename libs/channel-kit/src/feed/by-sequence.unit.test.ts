import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../port/trouble.js';
import { sourceBySequence, type NumberedRow } from './by-sequence.js';
import type { FeedSource, SourceReading } from './source.js';

const never = new AbortController().signal;
const answered = <Value>(value: Value): Promise<Answer<Value>> => Promise.resolve({ kind: 'answered', value });

/** A list that gives out ids, and shows a row once it is committed. */
const list = () => {
  const shown = new Map<number, NumberedRow>();
  let lastId = 0;
  const rows = (): readonly NumberedRow[] => [...shown.values()].sort((a, b) => a.id - b.id);
  const source: FeedSource = sourceBySequence({
    name: 'history',
    rowsAfter: (id) => answered(rows().filter((row) => row.id > id)),
    newestId: () => answered(rows().at(-1)?.id ?? 0),
  });
  return {
    source,
    give: (orderId: number): NumberedRow => ({ id: ++lastId, orderId, addedAtSeconds: 1_000 + lastId }),
    commit: (row: NumberedRow) => void shown.set(row.id, row),
    /** The rows behind an id are gone, and their ids are given again. */
    restore: (id: number) => {
      for (const known of rows()) if (known.id > id) shown.delete(known.id);
      lastId = id;
    },
  };
};

const readFrom = async (source: FeedSource, cursor?: string): Promise<SourceReading> => {
  const answer = await source.read(cursor, never);
  if (answer.kind === 'trouble') throw new Error(answer.trouble.detail);
  return answer.value;
};

/** Rows are given ids in one order and committed in another, with readings between. */
const missedBy = async (delays: readonly number[]): Promise<readonly string[]> => {
  const { source, give, commit } = list();
  let { cursor } = await readFrom(source);
  const told: string[] = [];
  const waiting: { row: NumberedRow; until: number }[] = [];
  const end = delays.length + Math.max(0, ...delays);
  for (let at = 0; at <= end; at++) {
    const delay = delays[at];
    if (delay !== undefined) waiting.push({ row: give(at + 1), until: at + delay });
    for (const { row, until } of waiting) if (until === at) commit(row);
    const reading = await readFrom(source, cursor);
    ({ cursor } = reading);
    told.push(...reading.orders);
    expect(reading.wentBack).toBeUndefined();
  }
  return delays.map((_, at) => String(at + 1)).filter((order) => told.filter((one) => one === order).length !== 1);
};

describe('orders by a list whose ids count up', () => {
  it('are told once each, also where a row is committed after those behind it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40), { maxLength: 80 }), async (delays) => {
        expect(await missedBy(delays)).toEqual([]);
      }),
    );
  });

  it('control: a row that is later than the overlap is missed', async () => {
    expect(await missedBy([100, ...Array.from({ length: 100 }, () => 0)])).toEqual(['1']);
  });

  it('a shop that was restored is noticed by an id that comes again, and by an end of all that was seen', async () => {
    const { source, give, commit, restore } = list();
    for (let order = 1; order <= 60; order++) commit(give(order));
    const { cursor } = await readFrom(source);
    restore(55);
    commit(give(99));
    expect(await readFrom(source, cursor)).toMatchObject({ orders: ['99'], wentBack: { from: '60', to: '55' } });
    restore(5);
    const gone = await readFrom(source, cursor);
    expect(gone).toMatchObject({ orders: ['1', '2', '3', '4', '5'], cursor, wentBack: { from: '60', to: '5' } });
  });

  it('a row about no order is none', async () => {
    const { source, give, commit } = list();
    const { cursor } = await readFrom(source);
    commit(give(0));
    expect((await readFrom(source, cursor)).orders).toEqual([]);
  });
});
