import { afterEach, expect, it } from 'vitest';
import { startWooCommerce, type WooCommerceServer } from '../servers/woocommerce/index.js';
import { adapters } from './adapters/index.js';
import { argumentsOf } from './arguments.js';
import { conform } from './conformance.js';

let server: WooCommerceServer | undefined;

afterEach(() => server?.stop());

const start = async (): Promise<WooCommerceServer> => {
  server = await startWooCommerce();
  const { shop } = server;
  shop.createProduct({ sku: 'MUG', stock: 7 });
  const { id: parent } = shop.createProduct({ sku: 'SHIRT', type: 'variable' });
  shop.createProduct({ sku: 'SHIRT-M', type: 'variation', parent, stock: 9 });
  shop.createProduct({ sku: 'TWICE', stock: 1 });
  shop.createProduct({ sku: 'TWICE', stock: 1 });
  return server;
};

const run = async (...args: readonly string[]) => {
  const asked = argumentsOf(['woocommerce', ...args], {});
  const lines: string[] = [];
  const { names = [], env = {} } = asked ?? {};
  const code = await conform({ names, env, adapters, print: (line) => void lines.push(line) });
  return { code, lines, last: lines.at(-1) };
};

const accessOf = ({ url, key, secret }: WooCommerceServer): readonly string[] => [
  ...['--url', url, '--key', key, '--secret', secret],
];

const figuresOf = ({ shop }: WooCommerceServer) =>
  new Map([...shop.context.products.values()].map(({ id, stock }) => [id, stock]));

it('asks a shop by its interface alone, puts back what it wrote, and says why it skips checks', async () => {
  const shop = await start();
  const before = figuresOf(shop);
  const { code, last, lines } = await run(...accessOf(shop), '--sku', 'MUG,SHIRT-M');
  expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([]);
  expect([code, last]).toEqual([0, '16 passed, 0 failed, 8 skipped']);
  expect(figuresOf(shop)).toEqual(before);
  const skipped = lines.filter((line) => line.startsWith('skipped'));
  expect(skipped.every((line) => line.includes(': it needs a shop'))).toBe(true);
}, 60_000);

it('control: a shop whose key may only read fails', async () => {
  const shop = await start();
  shop.keys.set(shop.key, { secret: shop.secret, rights: 'read', mayManage: true });
  const reading = run(...accessOf(shop), '--sku', 'MUG');
  await expect(reading).rejects.toThrow('right_missing');
}, 60_000);

it('says what is missing, and does not guess what a reference means or whose an option is', async () => {
  const shop = await start();
  const missing = await run('--url', shop.url, '--key', shop.key, '--sku', 'MUG');
  expect(missing).toMatchObject({ code: 2, lines: ['woocommerce: WOOCOMMERCE_SECRET is missing'] });
  await expect(run(...accessOf(shop), '--sku', 'TWICE')).rejects.toThrow('TWICE is the reference of no one listing');
  expect(argumentsOf(['woocommerce', 'prestashop', '--url', shop.url], {})).toBeUndefined();
  expect(argumentsOf(['memory', '--url', shop.url], {})).toBeUndefined();
});
