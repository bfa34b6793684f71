import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { becomesTrue } from '../../crash/service/becomes-true.js';
import { databaseName, startShop, type Shop } from './shop/shop.js';
import { fill, offer, ordersOf, shopperOf } from './shop/shopper.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
  await offer(shop, 1, 'MUG', 10);
});
afterAll(() => shop.stop());

const lockOf = (cart: number): string =>
  `stockledger_${createHash('sha1').update(`${databaseName}\0ps_\0cart\0${cart}`).digest('hex')}`;
const isFree = async (cart: number): Promise<boolean> => {
  const [row] = await shop.sql(`SELECT IS_FREE_LOCK('${lockOf(cart)}') AS free`);
  return Number(row?.['free']) === 1;
};

/** Holds the lock of a cart until it is told, in a process of its own. */
const holder = (cart: number): Promise<string> =>
  shop.php(
    '-r',
    `require 'config/config.inc.php';
     Db::getInstance()->getValue("SELECT GET_LOCK('${lockOf(cart)}', 5)");
     $told = "SELECT value FROM ps_configuration WHERE name = 'TOLD'";
     for ($looks = 0; $looks < 6000 && !Db::getInstance()->getValue($told); ++$looks) usleep(10000);
     echo 'freed';`,
  );

describe('a lock that somebody keeps', () => {
  it('is waited for, but not for ever: the order is made while it is still held', async () => {
    const cart = await fill(shop, [{ product: 1, quantity: 1 }]);
    const held = holder(cart);
    expect(await becomesTrue(async () => !(await isFree(cart)), 60_000)).toBe(true);
    const page = await shopperOf(shop, cart).pay();
    expect(await isFree(cart)).toBe(false);
    expect(page.leadsTo).toContain('order-confirmation');
    expect(await ordersOf(shop, cart)).toBe(1);
    await shop.sql(`INSERT INTO ps_configuration (name, value) VALUES ('TOLD', '1')`);
    expect(await held).toBe('freed');
  });
});
