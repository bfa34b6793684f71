import { createHmac } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { read } from '../../docs/markdown.js';
import { startStandIn, type Received, type StandIn } from '../prestashop/shop/stand-in.js';
import { complaintsOf, startShop, type Shop } from './shop/shop.js';
import { enter, offer, shopperOf, type Kind } from './shop/shopper.js';

const secret = 'a secret of both';
const taken = { status: 202, body: '' };

let shop: Shop;
let receiver: StandIn;

beforeAll(async () => {
  [shop, receiver] = await Promise.all([startShop(), startStandIn(taken)]);
  await shop.set({ outbox_url: `${receiver.url}/events`, outbox_secret: secret });
  await offer(shop, 1, { sku: 'MUG', quantity: 500 });
});
beforeEach(async () => {
  receiver.answer(taken);
  await shop.sql('DELETE FROM wp_stockledger_note', 'DELETE FROM wp_stockledger_outbox WHERE 1');
});
afterAll(async () => {
  await shop.stop();
  await receiver.stop();
});

const cron = (): Promise<string> => shop.php('wp-content/plugins/stockledger/cron.php');
const waiting = async (): Promise<number> => (await shop.sql('SELECT sequence FROM wp_stockledger_outbox')).length;
const note = async (name: string): Promise<unknown> =>
  (await shop.sql(`SELECT value FROM wp_stockledger_note WHERE name = '${name}'`))[0]?.['value'];

const order = async (kind: Kind = 'classic'): Promise<number> => {
  const { order: id } = await shopperOf(shop, await enter(shop, [{ product: 1, quantity: 1 }])).order(kind);
  return Number(id);
};
/** What the shop's people and other modules do, by the shop's own code. */
const act = (code: string): Promise<string> => shop.php('-r', `require 'wp-load.php'; ${code}`);

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const isEvent = ajv.compile(JSON.parse(read('modules/woocommerce/contracts/outbox-event.schema.json')) as object);

const signatureOf = ({ headers, body }: Received, key = secret): string =>
  `v1=${createHmac('sha256', key)
    .update(`${String(headers['x-ledger-timestamp'])}.${body}`)
    .digest('hex')}`;

type Event = Readonly<Record<string, unknown>>;

/** What the cron sends of all this. */
const sentBy = async (doing: () => Promise<unknown>): Promise<readonly Event[]> => {
  await shop.sql('DELETE FROM wp_stockledger_outbox WHERE 1');
  await doing();
  const before = receiver.received.length;
  await cron();
  const events = receiver.received.slice(before).map(({ body }) => JSON.parse(body) as Event);
  expect(events.filter((event) => !isEvent(event))).toEqual([]);
  return events;
};
const kindsOf = (events: readonly Event[]): readonly unknown[] => events.map(({ kind }) => kind);

describe('what happens to orders', () => {
  it('is sent by the cron, signed, as the contract says, and then forgotten', async () => {
    const before = receiver.received.length;
    const id = await order();
    expect(await cron()).toBe('outbox: 3 sent\n');
    const sent = receiver.received.slice(before);
    for (const each of sent) {
      expect(each.headers['x-ledger-signature']).toBe(signatureOf(each));
      expect(isEvent(JSON.parse(each.body)), each.body).toBe(true);
    }
    const reservation = expect.stringMatching(/^[0-9a-f-]{36}$/u) as string;
    expect(sent.map(({ body }) => JSON.parse(body) as Event)).toMatchObject([
      { kind: 'order_created', orderId: id, reservation, hint: { hold: 'unknown' }, droppedBefore: 0 },
      { kind: 'stock_set', hint: { productId: 1 } },
      { kind: 'order_status', orderId: id, reservation, hint: { from: 'pending', to: 'on-hold' } },
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

  it('in a block checkout begins with the order, not with its draft', async () => {
    const session = await enter(shop, [{ product: 1, quantity: 1 }]);
    const shopper = shopperOf(shop, session);
    expect(await sentBy(() => shopper.openBlock())).toEqual([]);
    const kinds = await sentBy(() => shopper.order('block'));
    expect(kinds).toMatchObject([
      { kind: 'order_status', hint: { from: 'checkout-draft', to: 'pending', hold: 'unknown' } },
      { kind: 'stock_set' },
      { kind: 'order_status', hint: { from: 'pending', to: 'on-hold' } },
    ]);
  });

  it.each([
    ['refunded', `do_action('woocommerce_order_refunded', ID, 77);`, ['order_refunded']],
    ['a refund deleted', `do_action('woocommerce_refund_deleted', 77, ID);`, ['refund_deleted']],
    [
      'a refund deleted by REST',
      `do_action('woocommerce_rest_delete_shop_order_refund_object', null, null, ['order_id' => 'ID', 'id' => '77']);`,
      ['refund_deleted'],
    ],
    [
      'a line added by hand',
      `do_action('woocommerce_ajax_order_items_added', [], wc_get_order(ID));`,
      ['order_edited'],
    ],
    [
      'a line removed by hand',
      `do_action('woocommerce_ajax_order_items_removed', 5, false, false, wc_get_order(ID));`,
      ['order_edited'],
    ],
    ['lines saved', `do_action('woocommerce_saved_order_items', ID, []);`, ['order_edited']],
    [
      'changed by REST',
      `do_action('woocommerce_rest_insert_shop_order_object', wc_get_order(ID), null, false);`,
      ['order_edited'],
    ],
    ['made by REST', `do_action('woocommerce_rest_insert_shop_order_object', wc_get_order(ID), null, true);`, []],
    ['thrown away', `wc_get_order(ID)->delete();`, ['order_trashed']],
    ['taken back', `do_action('woocommerce_untrash_order', ID, 'wc-pending');`, ['order_restored']],
    // Nothing else in the shop tells of it.
    ['deleted for good', `wc_get_order(ID)->delete(true);`, ['order_deleted']],
  ])('%s is told', async (_, code, kinds) => {
    const id = await order();
    const events = await sentBy(() => act(code.replaceAll('ID', String(id))));
    expect(kindsOf(events)).toEqual(kinds);
    for (const event of events) expect(event['orderId']).toBe(id);
  });

  it('is told where orders are posts, and of no other post', async () => {
    await shop.sql(`INSERT INTO wp_posts VALUES (7001, 'shop_order', '', 0, ''), (7002, 'page', '', 0, '')`);
    const events = await sentBy(() =>
      act(
        `foreach ([7001, 7002] as $id) { do_action('wp_trash_post', $id); do_action('untrashed_post', $id, ''); do_action('before_delete_post', $id); }`,
      ),
    );
    expect(kindsOf(events)).toEqual(['order_trashed', 'order_restored', 'order_deleted']);
  });

  it('is told once where the shop tells of it twice', async () => {
    const events = await sentBy(() =>
      act(`do_action('woocommerce_trash_order', 5); do_action('woocommerce_trash_order', 5);`),
    );
    expect(kindsOf(events)).toEqual(['order_trashed']);
  });
});

it('a figure that somebody sets is told, a variation’s with its product', async () => {
  await offer(shop, 41, { sku: 'M', quantity: 5, parent: 1 });
  const events = await sentBy(() => act(`wc_update_product_stock(wc_get_product(41), 2, 'decrease');`));
  expect(events).toMatchObject([{ kind: 'stock_set', hint: { productId: 1, variationId: 41, quantity: 3 } }]);
  expect(events[0]).not.toHaveProperty('orderId');
});

describe('a receiver', () => {
  it.each([[503], [401], [404]])('that says %d gets it again, as it was', async (status) => {
    receiver.answer({ status, body: '' });
    const before = receiver.received.length;
    await order();
    expect(await cron()).toBe('outbox: 0 sent, 3 wait\n');
    receiver.answer(taken);
    expect(await cron()).toMatch(/outbox: waits \d+ s more/u);
    await shop.sql(`UPDATE wp_stockledger_note SET value = '0' WHERE name = 'send_after'`);
    expect(await cron()).toBe('outbox: 3 sent\n');
    const [first, again] = receiver.received.slice(before);
    expect(again?.body).toBe(first?.body);
  });

  it('that refuses it for good is not asked again', async () => {
    receiver.answer({ status: 422, body: '' });
    await order();
    await cron();
    expect([await waiting(), await note('outbox_rejected')]).toEqual([0, '3']);
  });

  it('that takes nothing for long finds the oldest, and how many were not kept', async () => {
    const row = (sequence: number): string =>
      `INSERT INTO wp_stockledger_outbox VALUES (${sequence}, UUID(), 'order_edited', 1, '', '2026-01-01T00:00:00.000Z', '{}')`;
    await shop.sql(row(1_000_000), row(1_050_000));
    await order();
    expect([await waiting(), await note('outbox_dropped')]).toEqual([2, '3']);
  });
});

describe('the minute', () => {
  const scheduled = () => act(`echo wp_next_scheduled('stockledger_cron') ? 'yes' : 'no';`);

  it('is one of the shop’s own cron, which sends', async () => {
    expect(await scheduled()).toBe('yes');
    await order();
    await act(`do_action('stockledger_cron');`);
    expect(await waiting()).toBe(0);
  });

  it('is nobody’s over the web', async () => {
    const response = await fetch(`${shop.url}/wp-content/plugins/stockledger/cron.php`);
    expect([response.status, await response.text()]).toEqual([403, '']);
  });
});

describe('the settings page', () => {
  const page = async (fields?: Readonly<Record<string, string>>, role = 'shop_manager') => {
    const response = await fetch(`${shop.url}/wp-admin/admin.php?page=stockledger`, {
      headers: { cookie: `role=${role}` },
      ...(fields !== undefined && { method: 'POST', body: new URLSearchParams(fields) }),
    });
    return { status: response.status, text: await response.text() };
  };
  const nonce = async () => /name="_wpnonce" value="(\w+)"/u.exec((await page()).text)?.[1] ?? '';
  const whole = {
    ...{ stockledger_save: 'Save', url: 'https://ledger.example', channel: 'web_nl', gate: '1' },
    ...{ budget_millis: '250', hold_seconds: '600', fail_mode: 'open', lock_kind: 'named', outbox_url: '' },
    prepaid_methods: '',
  };
  const kept = (name: string): Promise<string> => act(`echo StockLedgerModule\\Settings::text('${name}');`);

  beforeAll(() => shop.set({ key: 'sl_secret' }));

  it('keeps what is right, and the secrets that were not typed again', async () => {
    expect((await page({ ...whole, _wpnonce: await nonce() })).text).toContain('Saved.');
    expect([await kept('url'), await kept('budget_millis'), await kept('key'), await kept('outbox_secret')]).toEqual([
      ...['https://ledger.example', '250', 'sl_secret', secret],
    ]);
  });

  it('shows no secret', async () => {
    const { text } = await page();
    expect(text).toContain('https://ledger.example');
    expect(text).not.toContain('sl_secret');
    expect(text).not.toContain(secret);
  });

  it('keeps nothing that another page sends, and is for nobody else', async () => {
    expect((await page({ ...whole, hold_seconds: '700', _wpnonce: 'guessed' })).status).toBe(403);
    expect((await page({ ...whole, hold_seconds: '700', _wpnonce: await nonce() }, 'customer')).status).toBe(403);
    expect(await kept('hold_seconds')).toBe('600');
  });

  it.each([
    ['url', 'ledger.example', 'An address begins with'],
    ['channel', 'Web NL', 'A channel has small letters'],
    ['budget_millis', '9000', 'A number from 50 to 2000'],
  ])('keeps nothing where %s is %s', async (name, value, problem) => {
    const { text } = await page({ ...whole, hold_seconds: '700', [name]: value, _wpnonce: await nonce() });
    expect(text).toContain(problem);
    expect(await kept('hold_seconds')).toBe('600');
  });
});

describe('deleted', () => {
  it('nothing of it stays, and it can be installed again', async () => {
    expect(await shop.php('install.php', '-stockledger')).toContain('-stockledger: done');
    expect(await shop.sql(`SHOW TABLES LIKE '%stockledger%'`)).toEqual([]);
    expect(await shop.sql(`SELECT option_name FROM wp_options WHERE option_name LIKE '%stockledger%'`)).toEqual([]);
    await order();
    expect(await shop.php('install.php', 'stockledger')).toContain('stockledger: done');
    await order();
    expect(await waiting()).toBe(3);
  });

  it('PHP had nothing to complain of', async () => expect(await complaintsOf(shop)).toEqual([]));
});
