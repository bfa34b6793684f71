import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { becomesTrue } from '../../crash/service/becomes-true.js';
import { blocksOf, read } from '../../docs/markdown.js';
import { asCart } from '../../e2e/views.js';
import { connect, receive, startLedgerOfShop, type ShopLedger } from './shop/ledger.js';
import { startShop, type Shop } from './shop/shop.js';
import { fill, offer, shopperOf, visit } from './shop/shopper.js';
import { startStandIn, type Received, type StandIn } from './shop/stand-in.js';

const secret = 'a secret of both';
const taken = { status: 202, body: '' };

let shop: Shop;
let receiver: StandIn;
let ledger: ShopLedger;

beforeAll(async () => {
  [shop, ledger, receiver] = await Promise.all([startShop(), startLedgerOfShop(), startStandIn(taken)]);
  await shop.set({ OUTBOX_URL: `${receiver.url}/events`, OUTBOX_SECRET: secret });
  await offer(shop, 1, 'MUG', 50);
});
afterAll(async () => {
  await shop.stop();
  await receiver.stop();
  await ledger.stop();
});

const cron = (): Promise<string> => shop.php('modules/stockledger/cron.php');
const waiting = async (): Promise<number> => (await shop.sql('SELECT sequence FROM ps_stockledger_outbox')).length;
const note = async (name: string): Promise<unknown> =>
  (await shop.sql(`SELECT value FROM ps_stockledger_note WHERE name = '${name}'`))[0]?.['value'];
const forget = (): Promise<unknown> =>
  shop.sql('DELETE FROM ps_stockledger_note', 'DELETE FROM ps_stockledger_outbox WHERE 1');

const order = async (): Promise<number> => {
  const cart = await fill(shop, [{ product: 1, quantity: 1 }]);
  expect((await shopperOf(shop, cart).pay()).leadsTo).toContain('order-confirmation');
  return cart;
};

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const isEvent = ajv.compile(JSON.parse(read('modules/prestashop/contracts/outbox-event.schema.json')) as object);

const signatureOf = ({ headers, body }: Received, key = secret): string =>
  `v1=${createHmac('sha256', key)
    .update(`${String(headers['x-ledger-timestamp'])}.${body}`)
    .digest('hex')}`;

const eventsSince = (before: number): readonly Readonly<Record<string, unknown>>[] =>
  receiver.received.slice(before).map(({ body }) => JSON.parse(body) as Readonly<Record<string, unknown>>);

describe('what happens to orders', () => {
  beforeEach(async () => {
    receiver.answer(taken);
    await forget();
  });

  it('is sent by the cron, signed, as the contract says, and then forgotten', async () => {
    const before = receiver.received.length;
    const cart = await order();
    expect(await cron()).toContain('outbox: 2 sent\n');
    const sent = receiver.received.slice(before);
    for (const each of sent) {
      expect(each.headers['x-ledger-signature']).toBe(signatureOf(each));
      expect(isEvent(JSON.parse(each.body)), each.body).toBe(true);
    }
    const common = { shopId: 1, cartId: cart, reservation: `1-${cart}`, droppedBefore: 0 };
    expect(eventsSince(before)).toMatchObject([
      { kind: 'order_created', ...common, hint: { hold: 'unknown' } },
      { kind: 'order_state', ...common, hint: { stateId: 10 } },
    ]);
    expect(await waiting()).toBe(0);
  });

  it('control: another secret signs otherwise, and a word of its own is no event', async () => {
    await order();
    await cron();
    const last = receiver.received.at(-1)!;
    expect(last.headers['x-ledger-signature']).not.toBe(signatureOf(last, 'another'));
    expect(isEvent({ ...(JSON.parse(last.body) as object), price: 1 })).toBe(false);
  });

  it.each([[503], [401], [404]])('waits where the receiver says %d, and comes again as it was', async (status) => {
    receiver.answer({ status, body: '' });
    const before = receiver.received.length;
    await order();
    expect(await cron()).toContain('outbox: 0 sent, 2 wait');
    receiver.answer(taken);
    expect(await cron()).toMatch(/outbox: waits \d+ s more/u);
    await shop.sql(`UPDATE ps_stockledger_note SET value = '0' WHERE name = 'send_after'`);
    expect(await cron()).toContain('outbox: 2 sent');
    const [first, again, next] = eventsSince(before);
    expect(again).toEqual(first);
    expect(next?.['sequence']).toBeGreaterThan(Number(first?.['sequence']));
  });

  it('is told of by every hook, each as the contract says', async () => {
    const cart = await order();
    await shop.php(
      '-r',
      `require 'config/config.inc.php';
       $order = new Order();
       $order->id = (int) Db::getInstance()->getValue('SELECT id_order FROM ps_orders WHERE id_cart = ${cart}');
       $order->id_cart = ${cart};
       Hook::exec('actionOrderEdited', ['order' => $order]);
       Hook::exec('actionProductCancel', ['order' => $order, 'id_order_detail' => 9, 'cancel_quantity' => 2, 'action' => 1]);
       Hook::exec('actionProductCancel', ['order' => $order]);
       Hook::exec('actionOrderSlipAdd', ['order' => $order, 'productList' => [], 'qtyList' => []]);`,
    );
    const before = receiver.received.length;
    await cron();
    const events = eventsSince(before);
    expect(events.filter((event) => !isEvent(event))).toEqual([]);
    expect(events.map(({ kind, hint }) => [kind, hint]).slice(2)).toEqual([
      ['order_edited', {}],
      ['line_cancelled', { orderDetailId: 9, quantity: 2 }],
      ['line_cancelled', {}],
      ['order_slip', {}],
    ]);
    expect(new Set(events.map(({ orderId, cartId }) => `${String(orderId)} ${String(cartId)}`)).size).toBe(1);
  });

  it('is let go and counted where the receiver refuses it for good', async () => {
    receiver.answer({ status: 422, body: '' });
    await order();
    await cron();
    expect([await waiting(), await note('outbox_rejected')]).toEqual([0, '2']);
  });

  it('is counted and not kept when too many wait, and the oldest stay', async () => {
    const row = (sequence: number): string =>
      `INSERT INTO ps_stockledger_outbox VALUES (${sequence}, UUID(), 'order_edited', 1, 1, 1, '2026-01-01T00:00:00.000Z', '{}')`;
    await shop.sql(row(1_000_000), row(1_050_000));
    await order();
    expect([await waiting(), await note('outbox_dropped')]).toEqual([2, '2']);
    const before = receiver.received.length;
    await cron();
    expect(eventsSince(before)).toMatchObject([{ droppedBefore: 2 }, { droppedBefore: 2 }]);
  });

  it('is sent by one at a time', async () => {
    await order();
    receiver.answer('silent');
    const before = receiver.received.length;
    const first = cron();
    expect(await becomesTrue(() => receiver.received.length > before, 60_000)).toBe(true);
    expect(await cron()).toContain('outbox: another one is at it');
    receiver.hangUp();
    expect(await first).toContain('outbox: 0 sent');
  });

  it('is sent by nobody over the web', async () => {
    expect(await visit(shop, 'modules/stockledger/cron.php')).toMatchObject({ status: 403, body: '' });
  });
});

describe('a cart at a real ledger', () => {
  /** Units by SKU. */
  const holdsOf = async (cart: number): Promise<unknown> => {
    const { lines } = asCart(await ledger.ok('GET', `/v1/reservations/shop/1-${cart}`));
    return Object.fromEntries(lines.map(({ sku, held }) => [sku, held]));
  };

  beforeAll(async () => {
    await connect(shop, ledger);
    for (const sku of ['MUG', 'CUP', 'CUP-RED', 'SET']) await receive(ledger, sku, 20);
    await offer(shop, 2, 'CUP', 20);
    await offer(shop, 3, 'SET', 20);
    await offer(shop, 4, 'UNHEARD', 20);
    await shop.sql(
      `INSERT INTO ps_product_attribute VALUES (7, 2, 'CUP-RED'), (8, 2, '')`,
      `INSERT INTO ps_pack VALUES (3, 1, 0, 2), (3, 2, 7, 1)`,
      'UPDATE ps_product SET cache_is_pack = 1 WHERE id_product = 3',
      `REPLACE INTO ps_configuration (name, value) VALUES ('PS_PACK_STOCK_TYPE', '0')`,
    );
  });
  const packsTake = (type: number): Promise<unknown> =>
    shop.sql(`UPDATE ps_product_shop SET pack_stock_type = ${type} WHERE id_product = 3`);

  it('holds combinations by their own reference, else by the product’s', async () => {
    const cart = await fill(shop, [
      { product: 2, combination: 7, quantity: 2 },
      { product: 2, combination: 8, quantity: 1 },
    ]);
    await shopperOf(shop, cart).paymentStep();
    expect(await holdsOf(cart)).toEqual({ CUP: 1, 'CUP-RED': 2 });
  });

  it('holds a pack as what it takes from stock', async () => {
    const cart = await fill(shop, [
      { product: 3, quantity: 2 },
      { product: 1, quantity: 1 },
    ]);
    await packsTake(1);
    await shopperOf(shop, cart).paymentStep();
    expect(await holdsOf(cart)).toEqual({ 'CUP-RED': 2, MUG: 5 });
    await packsTake(3);
    await shopperOf(shop, cart).paymentStep();
    expect(await holdsOf(cart)).toEqual({ MUG: 1, SET: 2 });
  });

  it('holds what the ledger knows, and a cart of nothing else passes', async () => {
    const unheard = { product: 4, quantity: 1 };
    const cart = await fill(shop, [unheard, { product: 1, quantity: 1 }]);
    await shopperOf(shop, cart).paymentStep();
    expect(await holdsOf(cart)).toEqual({ MUG: 1 });
    const page = await shopperOf(shop, await fill(shop, [unheard])).pay();
    expect(page.leadsTo).toContain('order-confirmation');
  });

  it('holds a bundle and a SKU among many that the ledger has never heard of', async () => {
    await ledger.ok('PUT', '/v1/bundles/GIFT', { revision: -1, components: [{ sku: 'MUG', units: 2 }] });
    await ledger.caughtUp();
    const wanted = [{ product: 30, quantity: 1 }];
    await offer(shop, 30, 'GIFT', 5);
    for (let product = 31; product < 37; product += 1) {
      await offer(shop, product, `UNHEARD-${product}`, 5);
      wanted.push({ product, quantity: 1 });
    }
    const cart = await fill(shop, [...wanted, { product: 2, combination: 7, quantity: 1 }]);
    await shopperOf(shop, cart).paymentStep();
    expect(await holdsOf(cart)).toEqual({ MUG: 2, 'CUP-RED': 1 });
  });

  it('sets, and does not add', async () => {
    const cart = await fill(shop, [{ product: 1, quantity: 4 }]);
    for (let times = 0; times < 3; times += 1) await shopperOf(shop, cart).paymentStep();
    expect(await holdsOf(cart)).toEqual({ MUG: 4 });
  });

  it('what was paid beyond the stock is an event of the contract too', async () => {
    await forget();
    const cart = await fill(shop, [{ product: 1, quantity: 90 }]);
    expect((await shopperOf(shop, cart).comeBack()).leadsTo).toContain('order-confirmation');
    const before = receiver.received.length;
    await cron();
    const [first] = eventsSince(before);
    expect(first).toMatchObject({ kind: 'sold_short', reservation: `1-${cart}`, hint: { sku: 'MUG', requested: 90 } });
    expect(first).not.toHaveProperty('orderId');
    expect(eventsSince(before).filter((event) => !isEvent(event))).toEqual([]);
  });

  it('product pages say when more come, from what the cron has fetched', async () => {
    await shop.set({ AVAILABILITY: '1' });
    const eta = new Date(Date.now() + 5 * 86_400_000).toISOString();
    await ledger.ok('PUT', '/v1/channels/shop/listings', { listings: [{ product: '5', sku: 'NEXT' }] });
    const line = { kind: 'incoming', sku: 'NEXT', location: 'wh1', quantity: 5, sourceKey: 'PO', confirmed: true, eta };
    await ledger.ok('POST', '/v1/movements', line);
    await ledger.caughtUp();
    await offer(shop, 5, 'NEXT', 0);
    expect(await cron()).toContain('availability: 1 fetched');
    const [year, month, day] = eta.slice(0, 10).split('-');
    const page = await visit(shop, 'index.php?controller=product&id_product=5');
    expect(page.body).toContain(`<p class="stockledger-availability">Expected on ${day}/${month}/${year}</p>`);
    expect((await visit(shop, 'index.php?controller=product&id_product=1')).body).toBe('product ');
    expect(await cron()).toContain('availability: fetched a moment ago');
  });
});

describe('the documentation', () => {
  /** Each command's answer, on a line of its own. */
  const run = async (commands: string): Promise<readonly string[]> => {
    const client = `ledger() { curl -sS -w ' %{http_code}\\n' -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "$@"; }`;
    const env = { PATH: process.env['PATH'], LEDGER: ledger.url, KEY: ledger.operatorKey };
    const { stdout } = await promisify(execFile)('bash', ['-c', `${client}\n${commands}`], { env });
    return stdout.trim().split('\n');
  };

  it('prepares a ledger by its commands, and its key may hold carts and nothing more', async () => {
    const [block] = blocksOf(read('docs/channels/prestashop-module.md')).filter(({ language }) => language === 'sh');
    const answers = await run(block?.text ?? '');
    expect(answers.map((answer) => answer.slice(-3))).toEqual(['200', '200', '200']);
    const key = /sl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/u.exec(answers.at(-1) ?? '')?.[0];
    const body = { lines: [{ sku: 'MUG', quantity: 1 }] };
    expect((await ledger.call('PUT', '/v1/reservations/webshop/1-1', { key, body })).status).toBe(200);
    const receipt = { kind: 'receipt', sku: 'MUG', location: 'wh1', quantity: 1, sourceKey: 'x' };
    expect((await ledger.call('POST', '/v1/movements', { key, body: receipt })).status).toBe(403);
  });
});

describe('the configuration page', () => {
  const page = async (fields: Readonly<Record<string, string>> = {}): Promise<string> => {
    const body = new URLSearchParams(fields);
    return (await fetch(`${shop.url}/back.php?as=admin&configure=1`, { method: 'POST', body })).text();
  };
  const whole = {
    ...{ submitStockLedger: '1', STOCKLEDGER_URL: 'https://ledger.example', STOCKLEDGER_CHANNEL: 'web_nl' },
    ...{ STOCKLEDGER_GATE: '1', STOCKLEDGER_BUDGET_MILLIS: '250', STOCKLEDGER_HOLD_SECONDS: '600' },
    ...{ STOCKLEDGER_FAIL_MODE: 'open', STOCKLEDGER_OFFLINE_MODULES: 'ps_wirepayment', STOCKLEDGER_LOCK_KIND: 'named' },
    ...{ STOCKLEDGER_PRODUCT_LOCK: '0', STOCKLEDGER_OUTBOX_URL: '', STOCKLEDGER_AVAILABILITY: '0' },
  };
  const kept = async (name: string): Promise<unknown> =>
    (await shop.sql(`SELECT value FROM ps_configuration WHERE name = 'STOCKLEDGER_${name}'`))[0]?.['value'];

  it('keeps what is right, and the secrets that were not typed again', async () => {
    const key = await kept('KEY');
    expect(await page(whole)).toContain('Saved.');
    expect([await kept('URL'), await kept('BUDGET_MILLIS'), await kept('KEY')]).toEqual([
      'https://ledger.example',
      '250',
      key,
    ]);
  });

  it('shows no secret', async () => {
    const key = String(await kept('KEY'));
    expect(key).toMatch(/^sl_/u);
    expect(await page()).not.toContain(key);
  });

  it.each([
    ['STOCKLEDGER_URL', 'ledger.example', 'An address begins with'],
    ['STOCKLEDGER_CHANNEL', 'Web NL', 'A channel has small letters'],
    ['STOCKLEDGER_BUDGET_MILLIS', '9000', 'A number from 50 to 2000'],
  ])('keeps nothing where %s is %s', async (name, value, problem) => {
    expect(await page({ ...whole, STOCKLEDGER_HOLD_SECONDS: '700', [name]: value })).toContain(problem);
    expect(await kept('HOLD_SECONDS')).toBe('600');
  });
});

describe('uninstalled', () => {
  it('nothing of it stays, and it can be installed again', async () => {
    expect(await shop.php('install.php', '-stockledger')).toContain('-stockledger: done');
    expect(await shop.sql(`SHOW TABLES LIKE '%stockledger%'`)).toEqual([]);
    expect(await shop.sql(`SELECT name FROM ps_configuration WHERE name LIKE 'STOCKLEDGER%'`)).toEqual([]);
    await order();
    expect(await shop.php('install.php', 'stockledger')).toContain('stockledger: done');
    await order();
    expect(await waiting()).toBe(2);
  });

  it('PHP had nothing to complain of', async () => {
    expect(await shop.log()).not.toMatch(/swallowed|stockledger:|PHP (?:Warning|Notice|Deprecated|Parse)/u);
  });
});
