import { describe, expect, it } from 'vitest';
import type { RowChange } from './channel-port.js';
import type { BatchOutcome } from './send-batches.js';
import { answerByRow, checkWrite, isQuantity, type RowWriter, setRows, writeBy } from './set-rows.js';
import { createShopRows } from './shop-rows.js';

const bounds = { rowsMax: 2, quantityMin: 0, quantityMax: 99 };

const change = (row: string, quantity = 1): RowChange => ({ row, quantity, expected: 0 });

const { signal } = new AbortController();

/** A shop with rows of two kinds, of which requests are written down. */
const shop = (figures: Readonly<Record<string, number>>) => {
  const sent: string[] = [];
  const writer: RowWriter<number, string> = {
    rows: createShopRows<number>(
      (keys) => {
        const there = keys.flatMap((key) => (figures[key] === undefined ? [] : [[key, figures[key]] as const]));
        return Promise.resolve({ kind: 'answered', value: new Map(there) });
      },
      (figure) => figure,
      () => 0,
    ),
    missing: { code: 'row_missing', detail: 'It was deleted.' },
    unfit: (figure) => (figure < 0 ? { code: 'owed', detail: 'Below nothing.' } : undefined),
    groupOf: ({ change: { row } }) => row.charAt(0),
    send: (group, writes) => {
      sent.push(`${group}: ${writes.map(({ row, change: { quantity } }) => `${row}>${quantity}`).join()}`);
      const written = writes.map(({ change: { row } }) => row);
      return Promise.resolve({ kind: 'answered', value: { written, failed: [] } });
    },
  };
  return { sent, writer, set: (changes: readonly RowChange[]) => setRows(writer, changes, signal) };
};

describe('rows that are set', () => {
  it('go in one request a group, in their order', async () => {
    const { sent, set } = shop({ a1: 1, b1: 2, a2: 3 });
    const answer = await set([change('a1', 7), change('b1', 8), change('a2', 9)]);
    expect(answer).toEqual({ kind: 'answered', value: { written: ['a1', 'a2', 'b1'], failed: [] } });
    expect(sent).toEqual(['a: 1>7,3>9', 'b: 2>8']);
  });

  it('are not sent where they are gone or cannot be written', async () => {
    const { sent, set } = shop({ a1: 1, a2: -1 });
    expect(await set([change('a1'), change('a2'), change('c1')])).toMatchObject({
      value: {
        written: ['a1'],
        failed: [
          { row: 'a2', code: 'owed', detail: 'Below nothing.' },
          { row: 'c1', code: 'row_missing', detail: 'It was deleted.' },
        ],
      },
    });
    expect(sent).toEqual(['a: 1>1']);
  });

  it('are none where rows cannot be read', async () => {
    const trouble = { kind: 'trouble', trouble: { kind: 'busy', code: 'throttled', detail: '' } } as const;
    const rows = createShopRows<number>(
      () => Promise.resolve(trouble),
      Number,
      () => 0,
    );
    const send = () => Promise.reject(new Error('it was sent'));
    expect(
      await setRows({ rows, missing: { code: '', detail: '' }, groupOf: () => 0, send }, [change('a')], signal),
    ).toEqual(trouble);
  });
});

describe('a shop that compares before it sets', () => {
  const set = (outcome: BatchOutcome | undefined, changes: readonly RowChange[]) => {
    const { sent, writer } = shop({ a1: 1 });
    const whereExpected = () => Promise.resolve(outcome);
    const write = writeBy({ bounds, plainly: writer, whereExpected });
    return { sent, answer: write(changes, signal) };
  };
  const value = { written: [], failed: [{ row: 'a1', code: 'conflict', detail: 'It shows 4.' }] };

  it('says what became of the rows, and nothing is set plainly', async () => {
    const { sent, answer } = set({ kind: 'answered', value }, [change('a1')]);
    expect([await answer, sent]).toEqual([{ kind: 'answered', value }, []]);
  });

  it('has rows set plainly as soon as it cannot', async () => {
    const { sent, answer } = set(undefined, [change('a1')]);
    expect([await answer, sent]).toMatchObject([{ value: { written: ['a1'] } }, ['a: 1>1']]);
  });

  it('is not asked where a row shows what none should', async () => {
    const { sent, answer } = set({ kind: 'answered', value }, [{ ...change('a1'), expected: -1 }]);
    expect([await answer, sent]).toMatchObject([{ value: { written: ['a1'] } }, ['a: 1>1']]);
  });

  it('names no row of a request that may have been carried out', async () => {
    const trouble = { kind: 'unknown_outcome', code: 'timeout', detail: '' } as const;
    const { answer } = set({ kind: 'failed', trouble, applied: 'unknown' }, [change('a1')]);
    expect(await answer).toEqual({ kind: 'trouble', trouble });
  });

  it('takes no more than any other', async () => {
    await expect(set(undefined, [change('a1', 100)]).answer).rejects.toThrow(RangeError);
  });
});

describe('what is asked for', () => {
  it.each([[[change('a', 0), change('b', 99)]], [[]]])('is right: %j', (changes) => {
    expect(() => checkWrite(bounds, changes)).not.toThrow();
  });

  it.each([[[change('a'), change('b'), change('c')]], [[change('a', -1)]], [[change('a', 100)]], [[change('a', 1.5)]]])(
    'is our own mistake: %j',
    (changes) => {
      expect(() => checkWrite(bounds, changes)).toThrow(RangeError);
    },
  );

  it.each([NaN, Infinity, 'abc' as unknown as number])('is no quantity: %s', (quantity) => {
    expect(isQuantity(bounds, quantity)).toBe(false);
  });
});

it('a row of which an answer does not say enough is in neither list', () => {
  const refused = { code: 'refused', detail: 'No.' };
  const verdicts = [
    ['a', 'written'],
    ['b', undefined],
    ['c', refused],
  ] as const;
  expect(answerByRow(verdicts)).toEqual({ written: ['a'], failed: [{ row: 'c', ...refused }] });
});
