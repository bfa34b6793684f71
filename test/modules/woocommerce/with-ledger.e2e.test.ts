import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, read } from '../../docs/markdown.js';
import { asCart } from '../../e2e/views.js';
import { receive, startLedgerOfShop, type ShopLedger } from '../prestashop/shop/ledger.js';
import { complaintsOf, startShop, type Shop } from './shop/shop.js';
import { enter, fill, offer, shopperOf } from './shop/shopper.js';

let shop: Shop;
let ledger: ShopLedger;

beforeAll(async () => {
  [shop, ledger] = await Promise.all([startShop(), startLedgerOfShop()]);
  // What a cart gets is looked at here, on a machine that does much else, and not how soon.
  await shop.set({ url: ledger.url, key: ledger.shopKey, channel: 'shop', budget_millis: '2000' });
  for (const sku of ['MUG', 'SHIRT', 'SHIRT-M']) await receive(ledger, sku, 20);
  await offer(shop, 1, { sku: 'MUG', quantity: 20 });
  await offer(shop, 20, { sku: 'SHIRT', quantity: 20 });
  await offer(shop, 21, { sku: 'SHIRT-M', quantity: 20, parent: 20 });
  await offer(shop, 22, { sku: 'SHIRT-L', quantity: 0, parent: 20, managed: false });
  await offer(shop, 30, { sku: 'UNHEARD', quantity: 20 });
});
afterAll(async () => {
  await shop.stop();
  await ledger.stop();
});

const reservationOf = async (order: unknown): Promise<string> => {
  const [row] = await shop.sql(
    `SELECT meta_value FROM wp_wc_orders_meta WHERE meta_key = '_stockledger_reservation' AND order_id = ${String(order)}`,
  );
  return String(row?.['meta_value']);
};

/** Units by SKU. */
const holdsOf = async (order: unknown): Promise<unknown> => {
  const { lines } = asCart(await ledger.ok('GET', `/v1/reservations/shop/${await reservationOf(order)}`));
  return Object.fromEntries(lines.map(({ sku, held }) => [sku, held]));
};

describe('a cart at a real ledger', () => {
  it.each(['classic', 'block'] as const)(
    'is held under the key that its order of the %s checkout has',
    async (kind) => {
      const wanted = [
        { product: 1, quantity: 2 },
        { product: 21, quantity: 1 },
        { product: 22, quantity: 3 },
        { product: 30, quantity: 1 },
      ];
      const { order } = await shopperOf(shop, await enter(shop, wanted)).order(kind, 'offsite');
      expect(await holdsOf(order)).toEqual({ MUG: 2, SHIRT: 3, 'SHIRT-M': 1 });
    },
  );

  it('that has changed after a payment was broken off holds what it has now, and not both', async () => {
    const session = await enter(shop, [{ product: 1, quantity: 4 }]);
    await shopperOf(shop, session).order('classic', 'offsite');
    await fill(shop, session, [{ product: 1, quantity: 5 }]);
    const { order } = await shopperOf(shop, session).order('classic', 'offsite');
    expect(await holdsOf(order)).toEqual({ MUG: 5 });
  });

  it('of nothing that the ledger knows passes', async () => {
    const { leadsTo } = await shopperOf(shop, await enter(shop, [{ product: 30, quantity: 1 }])).order('block');
    expect(leadsTo).toContain('order-received');
  });

  it('that wants more than there is makes no order, and says how many there are', async () => {
    await shop.sql(`UPDATE wp_postmeta SET meta_value = '500' WHERE meta_key = '_stock' AND post_id = 21`);
    const { said } = await shopperOf(shop, await enter(shop, [{ product: 21, quantity: 90 }])).order('block');
    expect(said).toMatch(/Of Product &lt;21&gt; only \d+ are available, and your cart has 90/u);
  });
});

describe('the documentation', () => {
  /** Each command's answer, on a line of its own. */
  const run = async (commands: string): Promise<readonly string[]> => {
    const client = `ledger() { curl -sS -w ' %{http_code}\\n' -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "$@"; }`;
    const names = {
      LEDGER: ledger.url,
      KEY: ledger.operatorKey,
      LEDGER_URL: ledger.url,
      LEDGER_KEY: ledger.operatorKey,
    };
    const env = { PATH: process.env['PATH'], ...names };
    const { stdout } = await promisify(execFile)('bash', ['-c', `${client}\n${commands}`], { env });
    return stdout.trim().split('\n');
  };

  it('prepares a ledger by its commands, and its key may hold carts and nothing more', async () => {
    const [block] = blocksOf(read('docs/channels/woocommerce-module.md')).filter(({ language }) => language === 'sh');
    const answers = await run(block?.text ?? '');
    expect(answers.map((answer) => answer.slice(-3))).toEqual(['200', '200', '200']);
    const key = /sl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/u.exec(answers.at(-1) ?? '')?.[0];
    const body = { lines: [{ sku: 'MUG', quantity: 1 }] };
    expect((await ledger.call('PUT', '/v1/reservations/woo/1', { key, body })).status).toBe(200);
    const receipt = { kind: 'receipt', sku: 'MUG', location: 'wh1', quantity: 1, sourceKey: 'x' };
    expect((await ledger.call('POST', '/v1/movements', { key, body: receipt })).status).toBe(403);
  });

  it('tells a new ledger of the channel that the guide then adds', async () => {
    const blocks = blocksOf(read('docs/channels/woocommerce.md')).map(({ text }) => text);
    const told = blocks.find((text) => text.includes('/v1/channels'));
    const added = /channel -- add (\w+) /u.exec(blocks.find((text) => text.includes(' add ')) ?? '')?.[1];
    const answers = (await run(told ?? 'false')).map((answer) => JSON.parse(answer) as unknown);
    expect(answers).toMatchObject([{ location: 'wh1' }, { channel: added, locations: ['wh1'] }]);
  });
});

it('PHP had nothing to complain of', async () => expect(await complaintsOf(shop)).toEqual([]));
