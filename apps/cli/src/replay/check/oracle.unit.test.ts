import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOracle, wrongSkus } from './oracle.js';

const read = async (text: string): Promise<object> => {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-'));
  try {
    await writeFile(join(folder, 'sku.csv'), text);
    return Object.fromEntries(await readOracle(join(folder, 'sku.csv')));
  } finally {
    await rm(folder, { recursive: true });
  }
};

describe('the oracle', () => {
  it('says what goods have on hand, whatever else the file says', async () => {
    const text = 'x,stock_code,is_stock,ledger_delta,opening_needed\n1,A,1,-7,9\n1,POST,0,-3,3\n1,B,1,4,0\n';
    expect(await read(text)).toEqual({ A: 2, B: 4 });
  });

  it.each([
    ['stock_code,is_stock,opening_needed\nA,1,1', 'no column ledger_delta'],
    ['stock_code,is_stock,opening_needed,ledger_delta\nA,1,1,x', 'ledger_delta of A is no integer'],
  ])('refuses what is no oracle', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('is compared both ways', () => {
    const oracle = new Map([
      ['same', 1],
      ['other', 2],
      ['absent', 3],
      ['nothing', 0],
    ]);
    expect(
      wrongSkus(
        oracle,
        new Map([
          ['same', 1],
          ['other', 5],
          ['more', 4],
          ['none', 0],
        ]),
      ),
    ).toEqual([
      { sku: 'other', expected: 2, onHand: 5 },
      { sku: 'absent', expected: 3, onHand: 0 },
      { sku: 'more', expected: 0, onHand: 4 },
    ]);
  });
});
