import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { becomesTrue } from '../../crash/service/becomes-true.js';
import { complaintsOf, databaseName, startShop, type Shop } from './shop/shop.js';
import { enter, offer, ordersOf, shopperOf } from './shop/shopper.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
  await offer(shop, 1, { sku: 'MUG', quantity: 10 });
});
afterAll(() => shop.stop());

const lockOf = (session: string): string =>
  `stockledger_${createHash('sha1').update(`${databaseName}\0wp_\0cart\0${session}`).digest('hex')}`;
const isFree = async (session: string): Promise<boolean> => {
  const [row] = await shop.sql(`SELECT IS_FREE_LOCK('${lockOf(session)}') AS free`);
  return Number(row?.['free']) === 1;
};

/** Holds the lock of a cart until it is told, in a process of its own. */
const holder = (session: string): Promise<string> =>
  shop.php(
    '-r',
    `require 'wp-load.php';
     $wpdb->get_var("SELECT GET_LOCK('${lockOf(session)}', 5)");
     for ($looks = 0; $looks < 6000 && !get_option('told'); ++$looks) usleep(10000);
     echo 'freed';`,
  );
const tell = () => shop.php('-r', `require 'wp-load.php'; update_option('told', 1);`);

describe('a cart whose first post takes longer than anybody waits', () => {
  it('makes no second order, and the shopper reads to wait', async () => {
    const session = await enter(shop, [{ product: 1, quantity: 1 }]);
    const first = holder(session);
    expect(await becomesTrue(async () => !(await isFree(session)), 60_000)).toBe(true);
    const posts = await Promise.all(
      (['classic', 'block'] as const).map((kind) => shopperOf(shop, session).order(kind)),
    );
    for (const { said } of posts) expect(said).toContain('Your order is being placed');
    expect(await ordersOf(shop, session)).toEqual([]);
    await tell();
    expect(await first).toBe('freed');
    expect((await shopperOf(shop, session).order('classic')).leadsTo).toContain('order-received');
  });

  it('one whose process was killed is waited for no longer', async () => {
    const session = await enter(shop, [{ product: 1, quantity: 1 }]);
    await shop
      .php(
        '-r',
        `require 'wp-load.php'; $wpdb->get_var("SELECT GET_LOCK('${lockOf(session)}', 5)"); posix_kill(getmypid(), 9);`,
      )
      .catch(() => undefined);
    expect(await becomesTrue(() => isFree(session), 60_000)).toBe(true);
    expect((await shopperOf(shop, session).order('classic')).leadsTo).toContain('order-received');
  });

  it('PHP had nothing to complain of', async () => expect(await complaintsOf(shop)).toEqual([]));
});

describe('in place of the locks of the server, rows', () => {
  it('are one order of a cart that is posted twice at once, each time', async () => {
    await shop.set({ lock_kind: 'row' });
    for (let trial = 0; trial < 4; trial += 1) {
      const session = await enter(shop, [{ product: 1, quantity: 1 }]);
      const shopper = shopperOf(shop, session);
      await Promise.all([shopper.order('classic'), shopper.order('block')]);
      expect(await ordersOf(shop, session)).toHaveLength(1);
    }
    expect(await shop.sql('SELECT name FROM wp_stockledger_lock')).toEqual([]);
  });
});
