import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failed, type HttpFailure, ok } from '../failure.js';
import { type Walk, walkOn } from './walk.js';

type Row = { readonly id: number; readonly parts: number };

const rowsMax = 20;

const walkOver = (rows: readonly Row[]): Walk<Row, number, HttpFailure> => ({
  rowsMax,
  page: (offset) => Promise.resolve(ok(rows.slice(offset, offset + rowsMax))),
  partsOf: ({ parts }) => parts,
  read: (some) => Promise.resolve(ok(some.map(({ id }) => id))),
});

const pagesOf = async (rows: readonly Row[]) => {
  const pages: (readonly number[])[] = [];
  for (let after: string | undefined; ;) {
    const page = await walkOn(after, walkOver(rows));
    if (page.kind === 'failed') throw new Error(page.failure.sentence);
    pages.push(page.value.items);
    after = page.value.next;
    if (after === undefined || pages.length > 2 * rows.length + 2) return pages;
  }
};

const rowsOf = (parts: readonly number[]): readonly Row[] => parts.map((some, at) => ({ id: at + 1, parts: some }));

describe('rows with their parts', () => {
  it('are each told once, in their order; a page has no more parts than it may, but for those of one row alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(700), { maxLength: 60 }), async (parts) => {
        const pages = await pagesOf(rowsOf(parts));
        expect(pages.flat()).toEqual(parts.map((_, at) => at + 1));
        const partsIn = (page: readonly number[]) => page.reduce((sum, id) => sum + (parts[id - 1] ?? 0), 0);
        expect(pages.filter((page) => page.length > 1 && partsIn(page) > 500)).toEqual([]);
      }),
    );
  });

  it('fill a page as far as they fit', async () => {
    expect(await pagesOf(rowsOf([250, 250, 1, 900, 0, 500]))).toEqual([[1, 2], [3], [4], [5, 6]]);
  });

  it('come in full pages where they have none', async () => {
    const pages = await pagesOf(rowsOf(Array.from({ length: 25 }, () => 0)));
    expect(pages.map(({ length }) => length)).toEqual([20, 5]);
  });
});

describe('a page', () => {
  const failure: HttpFailure = { kind: 'throttled', sentence: 'Later.', applied: 'no' };
  const fails = () => Promise.resolve(failed(failure));

  it.each([{ page: fails }, { read: fails }])(
    'that cannot be read, or whose parts cannot, is a failure',
    async (broken) => {
      expect(await walkOn(undefined, { ...walkOver(rowsOf([1])), ...broken })).toEqual(failed(failure));
    },
  );
});
