import { expect, it } from 'vitest';
import { patience, valueOf } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';
import { createPrestashopPort } from './create-port.js';

const withPort = usePort();

/** The first shop, whose address is asked, and two that share their stock with each other. */
const sharing = async () => {
  const { shop, client } = await withPort();
  const group = shop.createShopGroup({ name: 'sharing', sharesStock: true });
  const [east = 0, west = 0] = ['east', 'west'].map((name) => shop.createShop({ name, group }));
  const cup = shop.createProduct({ reference: 'cup', quantity: 40, shops: [1] });
  await shop.importStock([{ id_product: cup, id_product_attribute: 0, id_shop: east, quantity: 40 }]);
  const orderIn = async (at: number): Promise<string> =>
    String(
      (
        await shop.placeOrder({
          lines: [{ id_product: cup, id_product_attribute: 0, quantity: 1 }],
          state: 2,
          shop: at,
        })
      ).id,
    );
  return { shop, client, east, west, orderIn };
};

it('finds open orders and edits of every shop that shares its stock, whichever shop the address is of', async () => {
  const { shop, client, east, west, orderIn } = await sharing();
  const orders = [await orderIn(east), await orderIn(west)];
  await orderIn(1);
  const port = createPrestashopPort({ client, shopId: west });
  expect(valueOf(await port.openOrders(patience())).toSorted()).toEqual(orders.toSorted());
  const { cursors } = valueOf(await port.ordersSince(undefined, patience()));
  shop.clock.skew(3_600_000);
  const [line] = shop.linesOf(Number(orders[0]));
  await shop.updateProduct(line?.id ?? 0, 5);
  expect(valueOf(await port.ordersSince(cursors, patience())).orders).toContain(orders[0]);
});

it('reads of a shop by itself what belongs to it', async () => {
  const { client, east, orderIn } = await sharing();
  const order = await orderIn(1);
  await orderIn(east);
  const port = createPrestashopPort({ client, shopId: 1 });
  expect(valueOf(await port.openOrders(patience()))).toEqual([order]);
});

it('control: whoever names no shop sees what the address is of', async () => {
  const { client, orderIn } = await sharing();
  const [own] = [await orderIn(1), await orderIn(2)];
  expect(valueOf(await createPrestashopPort({ client }).openOrders(patience()))).toEqual([own]);
});
