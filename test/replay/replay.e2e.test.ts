import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const entry = join(import.meta.dirname, '../../dist/apps/cli/src/replay/main.js');

type Run = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly json: Record<string, unknown>;
};

/** `npm run replay -- ...args` as built; the last line is read as JSON where it is. */
const replay = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], { timeout: 400_000 }, (error, out, err) => {
      const last = out.trimEnd().split('\n').at(-1) ?? '';
      const json = last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {};
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err, json });
    });
  });

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  // PostgreSQL runs as a user of its own where the tests run as root.
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
/** Another shop's SKUs in another year: an order over two SKUs, a return of it, one without an order, damage, postage. */
const lines = [
  '900001,77001,BLUE CUP,6,2023-03-26 00:30,2.00,501,Austria',
  '900001,77002,"BOX, LARGE",2,2023-03-26 00:31,3.00,501,Austria',
  '900002,77001,BLUE CUP,4,2023-03-27 09:00,2.00,,Austria',
  '900002,POST,POSTAGE,1,2023-03-27 09:00,9.00,,Austria',
  'C900003,77001,BLUE CUP,-1,2023-03-28 10:00,2.00,501,Austria',
  'C900004,77002,"BOX, LARGE",-3,2023-03-28 11:00,3.00,777,Austria',
  '900005,77001,damaged,-2,2023-03-29 08:00,0,,Austria',
];
const oracleOf = (cups: number): string =>
  `stock_code,is_stock,opening_needed,ledger_delta\n77001,1,11,${cups}\n77002,1,2,1\nPOST,0,0,0\n`;

describe('replay', () => {
  it('plays the committed year, finds every invariant kept, and adds nothing the second time', async () => {
    const first = await replay('--limit', '3000', '--json', '--data', at('year'));
    expect(first).toMatchObject({ code: 0, json: { lines: 3000, skusWrong: null, invariantsBroken: 0 } });
    expect(first.json['events']).toBeGreaterThan(6_000);
    const second = await replay('--limit', '3000', '--json', '--data', at('year'));
    expect(second).toMatchObject({ code: 0, json: { lines: 3000, events: 0, invariantsBroken: 0 } });
    expect(second.json['commands']).toBe(first.json['commands']);
    const more = await replay('--limit', '4000', '--json', '--data', at('year'));
    expect(more).toMatchObject({ code: 1, json: {} });
    expect(more.err).toContain('The data folder holds another replay');
    const third = await replay('--limit', '3000', '--json', '--data', at('year'));
    expect(third).toMatchObject({ code: 0, json: { lines: 3000, events: 0, invariantsBroken: 0 } });
  });

  it('plays any file of the format, with other SKUs and dates, right to the unit', async () => {
    await writeFile(at('other.csv'), [header, ...lines, ''].join('\n'));
    await writeFile(at('right.csv'), oracleOf(-11));
    const { code, json, out } = await replay(at('other.csv'), '--verify', at('right.csv'), '--json', '--data', at('o'));
    expect({ code, json }).toMatchObject({
      code: 0,
      json: { lines: 7, commands: 7, skusWrong: 0, invariantsBroken: 0 },
    });
    expect(out).toContain('7 (1 move nothing: services, bad debt)');
    await writeFile(at('wrong.csv'), oracleOf(-10));
    const control = await replay(at('other.csv'), '--verify', at('wrong.csv'), '--json', '--data', at('o'));
    expect(control).toMatchObject({ code: 1, json: { events: 0, skusWrong: 1 } });
    expect(control.out).toContain('wrong 77001: 0 on hand, should be 1');
  });

  it.each([
    [['--limit', '10', '--verify'], 2, '--verify compares with the whole file'],
    [['--limit', 'ten'], 2, '--limit must be a whole number'],
    [['none.csv.gz'], 1, 'none.csv.gz'],
  ])('tells what is wrong with %j', async (args, code, says) => {
    const run = await replay(...args, '--data', at('refused'));
    expect(run.code).toBe(code);
    expect(run.err).toContain(says);
  });
});
