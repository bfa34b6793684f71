import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStandIn, type StandIn } from '../prestashop/shop/stand-in.js';
import { complaintsOf, startShop, type Shop } from './shop/shop.js';
import { enter, fill, offer, ordersOf, shopperOf, type Kind } from './shop/shopper.js';

let shop: Shop;
let ledger: StandIn;
const held = { status: 200, body: '{"lines": []}' };
const refusal = { code: 'insufficient', sku: 'MUG', requested: 3, available: 2, held: 0 };
const refused = { status: 409, body: JSON.stringify(refusal) };
const kinds: readonly Kind[] = ['classic', 'block'];

beforeAll(async () => {
  [shop, ledger] = await Promise.all([startShop(), startStandIn(held)]);
  await offer(shop, 1, { sku: 'MUG', quantity: 1_000 });
  await offer(shop, 20, { sku: 'SHIRT', quantity: 50 });
  await offer(shop, 21, { sku: 'SHIRT-M', quantity: 50, parent: 20 });
  await offer(shop, 22, { sku: 'SHIRT-L', quantity: 0, parent: 20, managed: false });
  await offer(shop, 30, { sku: 'GIFT', quantity: 0, managed: false });
  await offer(shop, 31, { sku: '', quantity: 50 });
});
beforeEach(async () => {
  ledger.answer(held);
  // A budget that a busy machine keeps: what is looked at here is not how soon.
  await shop.set({ url: ledger.url, key: 'sl_key', channel: 'shop', budget_millis: '2000', gate: '1' });
});
afterAll(async () => {
  await shop.stop();
  await ledger.stop();
});

const mugs = (quantity = 3) => enter(shop, [{ product: 1, quantity }]);
const lastAsked = () => {
  const asked = ledger.received.at(-1);
  return { path: asked?.path ?? '', body: JSON.parse(asked?.body ?? '{}') as unknown };
};
const reservationOf = async (order: unknown): Promise<unknown> =>
  (
    await shop.sql(
      `SELECT meta_value FROM wp_wc_orders_meta WHERE meta_key = '_stockledger_reservation' AND order_id = ${String(order)}`,
    )
  )[0]?.['meta_value'];

describe.each(kinds)('a cart that the ledger refuses, in the %s checkout', (kind) => {
  it('is told the numbers, with the name as text, and makes no order', async () => {
    ledger.answer(refused);
    const session = await mugs();
    const answer = await shopperOf(shop, session).order(kind);
    expect(answer.said).toContain('Of Product &lt;1&gt; only 2 are available, and your cart has 3');
    expect(answer.status).toBe(kind === 'classic' ? 200 : 409);
    expect(await ordersOf(shop, session)).toEqual([]);
    ledger.answer(held);
    expect((await shopperOf(shop, session).order(kind)).leadsTo).toContain('order-received');
  });

  it('is told so in the language of the shop', async () => {
    ledger.answer(refused);
    await shop.php('-r', `require 'wp-load.php'; update_option('WPLANG', 'nl_NL');`);
    const { said } = await shopperOf(shop, await mugs()).order(kind);
    await shop.php('-r', `require 'wp-load.php'; delete_option('WPLANG');`);
    expect(said).toContain('Van Product &lt;1&gt; zijn er nog maar 2 leverbaar');
  });
});

describe('the page of the classic checkout', () => {
  it('says the numbers of a cart that the ledger refuses, and shows no form', async () => {
    ledger.answer(refused);
    const page = await shopperOf(shop, await mugs()).see('checkout');
    expect(page).toContain('Of Product &lt;1&gt; only 2 are available, and your cart has 3');
    expect(page).not.toContain('Place order');
  });

  it('shows its form where the cart is held, and of what the shop itself refuses nothing is asked or said', async () => {
    expect(await shopperOf(shop, await mugs()).see('checkout')).toContain('Place order');
    const before = ledger.received.length;
    const page = await shopperOf(shop, await mugs(2_000)).see('checkout');
    expect(page).toMatch(/There are some issues with the items in your cart\.$/u);
    expect(ledger.received.length).toBe(before);
  });
});

describe('a payment method that takes the money before the order is sent', () => {
  it.each(kinds)('gets its order in the %s checkout, whatever the ledger says', async (kind) => {
    ledger.answer(refused);
    await shop.set({ prepaid_methods: 'amazon, card' });
    const before = ledger.received.length;
    const paid = await shopperOf(shop, await mugs()).order(kind, 'card');
    const other = await shopperOf(shop, await mugs()).order(kind, 'bacs');
    await shop.set({ prepaid_methods: '' });
    expect(paid.leadsTo).toContain('order-received');
    expect(other.said).toContain('only 2 are available');
    expect(ledger.received.length).toBe(before + 2);
  });
});

describe('what is asked', () => {
  it('is the lines under the ids of the shop, with a minute more than they are held', async () => {
    const session = await enter(shop, [
      ...[1, 20, 21, 22, 30, 31].map((product) => ({ product, quantity: 2 })),
      ...[22].map((product) => ({ product, quantity: 3 })),
    ]);
    await shopperOf(shop, session).order('classic');
    expect(lastAsked().path).toMatch(/^\/v1\/reservations\/shop\/[0-9a-f-]{36}$/u);
    expect(lastAsked().body).toEqual({
      lines: [
        { sku: 'MUG', quantity: 2, listing: '1' },
        // Its own two, and five of the variation whose units it counts.
        { sku: 'SHIRT', quantity: 7, listing: '20' },
        { sku: 'SHIRT-M', quantity: 2, listing: '20:21' },
      ],
      ttlSeconds: 960,
    });
  });

  it('is asked when the checkout is shown and when it is posted, under one key, which the order has', async () => {
    const shopper = shopperOf(shop, await mugs());
    const before = ledger.received.length;
    await shopper.see('checkout');
    const { order } = await shopper.order('classic');
    const paths = ledger.received.slice(before).map(({ path }) => path);
    expect(paths).toHaveLength(2);
    expect(new Set(paths)).toEqual(new Set([`/v1/reservations/shop/${String(await reservationOf(order))}`]));
  });

  it.each(kinds)('stands in an order of the %s checkout before it is paid', async (kind) => {
    const { order } = await shopperOf(shop, await mugs()).order(kind, 'offsite');
    expect(lastAsked().path).toBe(`/v1/reservations/shop/${String(await reservationOf(order))}`);
  });

  it('is nothing in the cart, without anything to hold, and where the gate is off', async () => {
    const before = ledger.received.length;
    await shopperOf(shop, await mugs()).see('cart');
    await shopperOf(shop, await enter(shop, [{ product: 30, quantity: 1 }])).order('block');
    await shop.set({ gate: '0' });
    const { order } = await shopperOf(shop, await mugs()).order('classic');
    expect(ledger.received.length).toBe(before);
    expect(await reservationOf(order)).toBeUndefined();
  });

  it('is another key for the next cart of the same shopper', async () => {
    const session = await mugs();
    const first = await shopperOf(shop, session).order('classic');
    await fill(shop, session, [{ product: 1, quantity: 3 }]);
    const second = await shopperOf(shop, session).order('classic');
    expect(await reservationOf(second.order)).not.toBe(await reservationOf(first.order));
  });
});

describe('units that are held for others', () => {
  let product = 100;
  const stocked = async (quantity: number): Promise<number> => {
    product += 1;
    await offer(shop, product, { sku: `P${product}`, quantity });
    return product;
  };
  /** Three units, of which somebody in the checkout holds two. */
  const contended = async () => {
    const id = await stocked(3);
    const holder = await enter(shop, [{ product: id, quantity: 2 }]);
    await shopperOf(shop, holder).see('checkout');
    return { id, holder: shopperOf(shop, holder) };
  };
  const buy = async (id: number, quantity: number, kind: Kind = 'classic') =>
    shopperOf(shop, await enter(shop, [{ product: id, quantity }])).order(kind);

  it('are not there for another one, whom the shop itself refuses', async () => {
    const { id } = await contended();
    expect((await buy(id, 2)).said).toContain('do not have enough');
    expect((await buy(id, 1)).leadsTo).toContain('order-received');
  });

  it('control: without the module they are', async () => {
    const { id } = await contended();
    await shop.set({ gate: '0' });
    expect((await buy(id, 2)).leadsTo).toContain('order-received');
  });

  it('are there for who holds them', async () => {
    const { holder } = await contended();
    expect((await holder.order('classic')).leadsTo).toContain('order-received');
  });

  it.each(kinds)('are counted once when they have become an order of the %s checkout', async (kind) => {
    const { id, holder } = await contended();
    await holder.order(kind, 'offsite');
    expect((await buy(id, 1)).leadsTo).toContain('order-received');
    expect((await buy(id, 1)).said).toContain('do not have enough');
  });

  it('are there again for everybody when the hold has ended', async () => {
    const { id } = await contended();
    await shop.sql(`UPDATE wp_stockledger_hold SET held_until = UNIX_TIMESTAMP() - 1 WHERE id_product = ${id}`);
    expect((await buy(id, 3)).leadsTo).toContain('order-received');
  });

  it('make the block checkout cut a cart, as the shop does it for its own holds', async () => {
    const { id } = await contended();
    const { order } = await buy(id, 2, 'block');
    const [line] = await shop.sql(`SELECT quantity FROM wp_woocommerce_order_items WHERE order_id = ${String(order)}`);
    expect(Number(line?.['quantity'])).toBe(1);
  });

  it('are added to whatever the shop asks its database, with a lock behind it or without', async () => {
    const { id } = await contended();
    const told = await shop.php(
      '-r',
      `require 'wp-load.php';
       foreach (['SELECT COALESCE( SUM( s.stock_quantity ), 0 ) FROM wp_wc_reserved_stock s WHERE 0', 'SELECT 7'] as $sql)
         echo $wpdb->get_var(StockLedgerModule\\OthersHolds::addTo($sql, ${id}) . ' FOR UPDATE'), ' ';`,
    );
    expect(told).toBe('2 9 ');
  });
});

describe('a second post of a cart', () => {
  /** What the shop has set aside cannot be set to what it is already: it fails within one second, as in a real shop. */
  const aSecondLater = () => shop.sql('UPDATE wp_wc_reserved_stock SET expires = expires - INTERVAL 1 SECOND');

  it.each(kinds)('in the %s checkout that comes late is led to the order', async (kind) => {
    const shopper = shopperOf(shop, await mugs());
    const first = await shopper.order(kind);
    expect(await shopper.order(kind)).toMatchObject({ order: first.order, leadsTo: first.leadsTo });
  });

  it.each(kinds)('after a page elsewhere goes on with the order of the %s checkout', async (kind) => {
    const session = await mugs();
    const shopper = shopperOf(shop, session);
    const first = await shopper.order(kind, 'offsite');
    await aSecondLater();
    const again = await shopper.order(kind, 'offsite');
    expect([again.order, again.leadsTo]).toEqual([first.order, '/elsewhere']);
    expect(await ordersOf(shop, session)).toHaveLength(1);
  });

  it('that has changed is another order, and its hold is set under the same key', async () => {
    const session = await mugs();
    const shopper = shopperOf(shop, session);
    const first = await shopper.order('classic', 'offsite');
    await fill(shop, session, [{ product: 1, quantity: 5 }]);
    const second = await shopper.order('classic', 'offsite');
    expect(second.order).not.toBe(first.order);
    expect(await reservationOf(second.order)).toBe(await reservationOf(first.order));
  });

  it.each(['failed', 'cancelled'])('whose order has %s is a new try', async (status) => {
    const session = await mugs();
    const shopper = shopperOf(shop, session);
    const { order } = await shopper.order('classic', 'offsite');
    await shop.php('-r', `require 'wp-load.php'; wc_get_order(${String(order)})->update_status('${status}');`);
    await aSecondLater();
    expect((await shopper.order('classic')).leadsTo).toContain('order-received');
  });

  it('of another shopper is none of it', async () => {
    const [one, other] = [await mugs(), await mugs()];
    await shopperOf(shop, one).order('classic');
    await shopperOf(shop, other).order('classic');
    expect(await ordersOf(shop, one, other)).toHaveLength(2);
  });
});

describe('what the shop does with an order later', () => {
  it('is asked about by nobody, and never refused', async () => {
    const { order } = await shopperOf(shop, await mugs()).order('block', 'offsite');
    ledger.answer(refused);
    const before = ledger.received.length;
    await shop.php('-r', `require 'wp-load.php'; wc_get_order(${String(order)})->update_status('processing');`);
    expect(await shop.sql(`SELECT status FROM wp_wc_orders WHERE id = ${String(order)}`)).toEqual([
      { status: 'wc-processing' },
    ]);
    expect(ledger.received.length).toBe(before);
  });
});

describe('whatever breaks in the module', () => {
  it('PHP had nothing to complain of before that', async () => expect(await complaintsOf(shop)).toEqual([]));

  it.each(kinds)('the shop sells in the %s checkout: its tables are gone', async (kind) => {
    await shop.sql('DROP TABLE IF EXISTS wp_stockledger_breaker, wp_stockledger_note, wp_stockledger_cart');
    await shop.sql('DROP TABLE IF EXISTS wp_stockledger_hold, wp_stockledger_outbox, wp_stockledger_lock');
    const session = await mugs();
    expect((await shopperOf(shop, session).order(kind)).leadsTo).toContain('order-received');
    expect(await ordersOf(shop, session)).toHaveLength(1);
    expect(await complaintsOf(shop)).toContainEqual(expect.stringContaining('stockledger: Table'));
  });
});
