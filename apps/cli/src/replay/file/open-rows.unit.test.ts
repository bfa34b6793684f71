import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptBounds } from './kept-rows.js';
import { checkHeaderOf, openRows, type Rows } from './open-rows.js';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const lineOf = (sku: string): string => `536365,${sku},HOLDER,6,2010-12-01 08:26,2.55,17850,United Kingdom`;
const textOf = (...skus: string[]): string => [header, ...skus.map(lineOf), ''].join('\n');

const skusOf = async (rows: Rows): Promise<{ skus: string[]; count: number }> => {
  const skus: string[] = [];
  return { count: await rows.each(({ sku }) => void skus.push(sku)), skus };
};

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  file = join(folder, 'file.csv');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ['kept', keptBounds, 'first'],
  ['too many rows to be kept, so read again', { ...keptBounds, rowsMax: 2 }, 'second'],
  ['too many characters to be kept, so read again', { ...keptBounds, charactersMax: 20 }, 'second'],
])('a file opened once: %s', (_, bounds, wasRead) => {
  it('is visited in order, as often as wanted', async () => {
    await writeFile(file, textOf('1', '2', '3'));
    const rows = await openRows(file, {}, bounds);
    for (const pass of [1, 2, 3])
      expect({ pass, ...(await skusOf(rows)) }).toEqual({ pass, skus: ['1', '2', '3'], count: 3 });
    expect(await skusOf({ ...rows, each: rows.last })).toEqual({ skus: ['1', '2', '3'], count: 3 });
  });

  it('stops at the limit', async () => {
    await writeFile(file, textOf('1', '2', '3', '4'));
    expect(await skusOf(await openRows(file, { limit: 3 }, bounds))).toEqual({ skus: ['1', '2', '3'], count: 3 });
    expect(await skusOf(await openRows(file, { limit: 0 }, bounds))).toEqual({ skus: [], count: 0 });
  });

  it('is in memory, or not', async () => {
    const texts = { first: textOf('1', '2', '3'), second: textOf('4', '5', '6') };
    await writeFile(file, texts.first);
    const rows = await openRows(file, {}, bounds);
    await writeFile(file, texts.second);
    expect((await skusOf(rows)).skus).toEqual(wasRead === 'first' ? ['1', '2', '3'] : ['4', '5', '6']);
  });

  it('waits for a visit that takes its time', async () => {
    await writeFile(file, textOf('1', '2', '3'));
    const rows = await openRows(file, {}, bounds);
    let visiting = 0;
    await rows.each(async () => {
      expect((visiting += 1)).toBe(1);
      await Promise.resolve();
      visiting -= 1;
    });
  });

  it('passes on what a visit throws', async () => {
    await writeFile(file, textOf('1', '2', '3'));
    const rows = await openRows(file, {}, bounds);
    await expect(rows.each(() => Promise.reject(new Error('ours')))).rejects.toThrow('ours');
  });

  it('names the first line that is not of the format, at the latest when it is visited', async () => {
    await writeFile(file, `${textOf('1', '2', '3')}1,2,3\n`);
    const read = async () => skusOf(await openRows(file, {}, bounds));
    await expect(read()).rejects.toThrow('line 5: 3 columns, expected 8');
  });
});

describe('the header', () => {
  it('is checked without the lines below it', async () => {
    await writeFile(file, `${textOf('1')}1,2,3\n`);
    await expect(checkHeaderOf(file)).resolves.toBeUndefined();
  });

  it('is refused where it is another one, and so is a file that is not there', async () => {
    await writeFile(file, `a,b,c\n${lineOf('1')}\n`);
    await expect(checkHeaderOf(file)).rejects.toThrow('line 1: the header must be InvoiceNo,');
    await expect(checkHeaderOf(join(folder, 'none.csv'))).rejects.toThrow('none.csv');
  });
});
