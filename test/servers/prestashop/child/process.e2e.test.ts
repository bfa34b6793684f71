import { afterEach, expect, it } from 'vitest';
import type { Backup } from '../shop/tables.js';
import { authorization } from '../testing.js';
import { forkPrestashop, type PrestashopProcess } from './fork-prestashop.js';

const running: PrestashopProcess[] = [];

const fork = async (backup?: Backup): Promise<PrestashopProcess> => {
  const started = await forkPrestashop({ version: '8.2', seed: 'demo', ...(backup && { backup }) });
  running.push(started);
  return started;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.kill()));
});

const quantityOf = async ({ url, key }: PrestashopProcess): Promise<string | undefined> => {
  const answer = await fetch(`${url}/api/stock_availables/6`, { headers: { authorization: authorization(key) } });
  return /<quantity><!\[CDATA\[(-?\d+)/.exec(await answer.text())?.[1];
};

it('sells, is killed, and comes back from its backup', async () => {
  const first = await fork();
  const lines = [{ id_product: 6, id_product_attribute: 0, quantity: 2 }];
  expect(await first.call('shop.placeOrder', { lines, state: 2 })).toMatchObject({ current_state: 2 });
  expect(await quantityOf(first)).toBe('298');
  const backup = (await first.call('shop.backup')) as Backup;
  await first.kill();
  await expect(quantityOf(first)).rejects.toThrow();
  expect(await quantityOf(await fork(backup))).toBe('298');
});

it('says what it cannot do', async () => {
  const shop = await fork();
  await expect(shop.call('shop.fly')).rejects.toThrow('The server has no shop.fly.');
  await expect(shop.call('shop.createOrder', { cart: 99, state: 2 })).rejects.toThrow('No cart 99.');
});
