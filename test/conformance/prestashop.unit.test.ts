import { afterEach, expect, it } from 'vitest';
import { startPrestashop, type PrestashopServer } from '../servers/prestashop/index.js';
import { adapters } from './adapters/index.js';
import { argumentsOf } from './arguments.js';
import { conform } from './conformance.js';

let server: PrestashopServer | undefined;

afterEach(() => server?.stop());

const start = async (version: '1.7.8' | '8.2' | '9.1' = '8.2'): Promise<PrestashopServer> => {
  server = await startPrestashop({ version, seed: 'demo' });
  return server;
};

const run = async (...args: readonly string[]) => {
  const asked = argumentsOf(['prestashop', ...args], {});
  const lines: string[] = [];
  const { names = [], env = {} } = asked ?? {};
  const code = await conform({ names, env, adapters, print: (line) => void lines.push(line) });
  return { code, lines, last: lines.at(-1) };
};

const quantitiesOf = ({ shop }: PrestashopServer): ReadonlyMap<number, number> =>
  new Map(shop.tables.stock.all().map(({ id, quantity }) => [id, quantity]));

it.each(['1.7.8', '8.2', '9.1'] as const)(
  'asks a shop of %s by its webservice alone, and puts back',
  async (version) => {
    const shop = await start(version);
    const before = quantitiesOf(shop);
    const written = new Set(['demo_11', 'demo_12'].map((sku) => rowOf(shop, sku)));
    const { code, last, lines } = await run('--url', shop.url, '--key', shop.key, '--sku', 'demo_11,demo_12');
    expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([]);
    expect([code, last]).toEqual([0, '16 passed, 0 failed, 8 skipped']);
    expect(quantitiesOf(shop)).toEqual(before);
    expect(new Set(shop.shop.writes.all().map(({ row }) => row))).toEqual(written);
  },
);

it('asks a shop that charges for shipping, with orders that take units', async () => {
  const shop = await start();
  shop.shop.configure('PS_SHIPPING_HANDLING', '7.42');
  const { last, lines } = await run('--url', shop.url, '--key', shop.key, '--sku', 'demo_11');
  expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([]);
  expect(last).toBe('16 passed, 0 failed, 8 skipped');
});

const rowOf = ({ shop }: PrestashopServer, sku: string): number => {
  const product = shop.tables.products.all().find(({ reference }) => reference === sku);
  return shop.stockOf({ id_product: product?.id ?? 0, id_product_attribute: 0 })?.id ?? 0;
};

it('never skips crossing, a stale feed and orders of the webservice, and says why it skips others', async () => {
  const shop = await start();
  const { lines } = await run('--url', `${shop.url}/api/`, '--key', shop.key, '--sku', 'demo_11');
  const of = (what: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(what) ? [/channel: (\w+)/u.exec(line)?.[1] ?? ''] : []));
  expect(of('ok')).toEqual(
    expect.arrayContaining(['seesACrossedWrite', 'saysWhenItsFeedIsStale', 'findsAndExplainsOrders']),
  );
  expect(lines.filter((line) => line.startsWith('skipped')).every((line) => line.includes(': it needs '))).toBe(true);
});

it('control: a shop whose credit slips cannot be read fails', async () => {
  const shop = await start();
  shop.faults.add({ fault: { kind: 'away', status: 500 }, resource: 'order_slip' });
  const { code, last } = await run('--url', shop.url, '--key', shop.key, '--sku', 'demo_11');
  expect(code).toBe(1);
  expect(last).toMatch(/ passed, [1-9]\d* failed, 8 skipped$/u);
});

it('says what is missing, and does not guess what a reference means', async () => {
  const shop = await start();
  expect(await run('--url', shop.url)).toMatchObject({ code: 2, lines: ['prestashop: PRESTASHOP_KEY is missing'] });
  const ambiguous = run('--url', shop.url, '--key', shop.key, '--sku', 'demo_1');
  await expect(ambiguous).rejects.toThrow('demo_1 is the reference of no one listing');
  expect(argumentsOf(['prestashop', '--force'], {})).toBeUndefined();
});
