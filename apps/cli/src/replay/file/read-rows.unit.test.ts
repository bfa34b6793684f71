import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRows } from './read-rows.js';
import type { Row } from './row.js';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const plain = '536365,85123A,HOLDER,6,2010-12-01 08:26,2.55,17850,United Kingdom';

describe('reading the file', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'replay-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const read = async (text: string | Buffer, limit?: number): Promise<{ rows: Row[]; count: number }> => {
    const file = join(folder, 'file.csv');
    await writeFile(file, text);
    const rows: Row[] = [];
    return { count: await readRows(file, (row) => void rows.push(row), { limit }), rows };
  };

  it('reads the fields of a line', async () => {
    expect(await read(`${header}\n${plain}\n`)).toEqual({
      count: 1,
      rows: [
        {
          line: 2,
          invoice: '536365',
          sku: '85123A',
          description: 'HOLDER',
          quantity: 6,
          minute: '2010-12-01 08:26',
          free: false,
          customer: '17850',
        },
      ],
    });
  });

  it('reads it gzipped, with a byte order mark and carriage returns alike', async () => {
    const { rows } = await read(gzipSync(`\uFEFF${header}\r\n${plain}\r\n`));
    expect(rows).toEqual((await read(`${header}\n${plain}`)).rows);
  });

  it('reads quotes, commas and line breaks inside quotes, and keeps count of lines', async () => {
    const quoted = '1,22041,"RECORD 7"" ""SINGLE"",\nSIZE ",1,2010-12-01 08:26,0.0,,EIRE';
    const { rows } = await read(`${header}\n${quoted}\n\n${plain}`);
    expect(rows.map(({ description, line }) => [line, description])).toEqual([
      [2, 'RECORD 7" "SINGLE",\nSIZE '],
      [5, 'HOLDER'],
    ]);
    expect(rows[0]?.free).toBe(true);
  });

  it('stops at the limit', async () => {
    const { rows, count } = await read(`${header}\n${plain}\n${plain}\n${plain}\n`, 2);
    expect([rows.length, count]).toEqual([2, 2]);
  });

  it.each([
    ['empty', ''],
    ['gzipped and empty', gzipSync('')],
    ['with a header only', `${header}\n`],
  ])('takes a file that is %s', async (_, text) => {
    expect(await read(text)).toEqual({ rows: [], count: 0 });
  });

  it.each([
    ['another header', 'a,b,c\n', 'line 1: the header must be InvoiceNo,'],
    ['a missing column', `${header}\n1,2,3\n`, 'line 2: 3 columns, expected 8'],
    ['no invoice', `${header}\n${plain}\n${plain.replace('536365', '')}`, 'line 3: InvoiceNo is empty'],
    ['no stock code', `${header}\n${plain.replace('85123A', '')}`, 'line 2: StockCode is empty'],
    ['a fraction', `${header}\n${plain.replace(',6,', ',6.5,')}`, 'line 2: Quantity is no safe integer: "6.5"'],
    [
      'a huge number',
      `${header}\n${plain.replace(',6,', ',9007199254740993,')}`,
      'line 2: Quantity is no safe integer',
    ],
    ['another date', `${header}\n${plain.replace('2010-12-01', '01/12/2010')}`, 'line 2: InvoiceDate is no YYYY-MM-DD'],
    ['another price', `${header}\n${plain.replace('2.55', '£2')}`, 'line 2: UnitPrice is no decimal number: "£2"'],
    ['an open quote', `${header}\n${plain}\n1,"2`, 'line 3: '],
  ])('names the line of %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('says that a cut file is cut', async () => {
    const whole = gzipSync(`${header}\n${`${plain}\n`.repeat(100)}`);
    await expect(read(whole.subarray(0, whole.length - 20))).rejects.toThrow('unexpected end of file');
  });

  it('waits for a visit that takes its time', async () => {
    const file = join(folder, 'slow.csv');
    await writeFile(file, `${header}\n${plain}\n${plain}\n`);
    let visiting = 0;
    await readRows(file, async () => {
      expect((visiting += 1)).toBe(1);
      await Promise.resolve();
      visiting -= 1;
    });
  });

  it('passes on what a visit throws', async () => {
    const file = join(folder, 'thrown.csv');
    await writeFile(file, `${header}\n${plain}\n`);
    await expect(readRows(file, () => Promise.reject(new Error('ours')))).rejects.toThrow('ours');
  });
});
