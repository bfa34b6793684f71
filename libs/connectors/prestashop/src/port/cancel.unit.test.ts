import { describe, expect, it } from 'vitest';
import { patience, valueOf } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';
import { createPrestashopPort, webserviceClient } from '../index.js';

const withPort = usePort();

const mug = [{ id_product: 6, id_product_attribute: 0, quantity: 3 }];

const placed = async (options: Parameters<typeof withPort>[1] = {}) => {
  const made = await withPort({}, options);
  const { id } = await made.shop.placeOrder({ lines: mug, state: 10 });
  const cancel = () => made.port.cancel(String(id), patience());
  return { ...made, id, cancel, states: () => made.shop.tables.histories.where(id).map((row) => row.id_order_state) };
};

describe('an order that is to be cancelled', () => {
  it('enters the state that the shop has configured, once', async () => {
    const { cancel, states } = await placed();
    valueOf(await cancel());
    valueOf(await cancel());
    expect(states()).toEqual([10, 6]);
  });

  it('enters the state of the channel where it has one, and that means cancelled', async () => {
    const { shop, id, port, cancel, states } = await placed({ cancelledStateId: 14 });
    shop.createState({ name: 'given up', paid: 1 });
    valueOf(await cancel());
    expect(states()).toEqual([10, 14]);
    const order = valueOf(await port.order(String(id), patience()))!;
    expect(port.describe(order)).toMatchObject({ snapshot: { payment: 'cancelled' }, notices: [] });
  });

  it.each(['999', '0', 'abc', '1; DROP'])('and is not there is refused: %s', async (order) => {
    const { port } = await placed();
    const answer = await port.cancel(order, patience());
    expect(answer).toMatchObject({ kind: 'trouble', trouble: { kind: 'refused', code: 'order_missing' } });
  });

  it('and is of another shop is not there', async () => {
    const { shop, port } = await placed({ shopId: 1 });
    const group = shop.createShopGroup({ name: 'other', sharesStock: false });
    const { id } = await shop.placeOrder({
      lines: mug,
      state: 10,
      shop: shop.createShop({ name: 'second', group }),
    });
    expect(await port.cancel(String(id), patience())).toMatchObject({ trouble: { code: 'order_missing' } });
    expect(shop.tables.orders.get(id)?.current_state).toBe(10);
  });

  it('stays as it is where the key may not', async () => {
    const { server, id, states } = await placed();
    const key = 'READONLYREADONLYREADONLYREADONLY';
    const may = ['orders', 'order_histories', 'order_states', 'configurations', 'shops', 'shop_groups', 'products'];
    const rights = Object.fromEntries([...may, 'stock_availables'].map((name) => [name, ['GET', 'HEAD'] as const]));
    server.keys.set(key, { active: true, rights });
    const client = webserviceClient({ base: `${server.url}/api/`, key });
    const answer = await createPrestashopPort({ client }).cancel(String(id), patience());
    await client.close();
    expect(answer).toMatchObject({ trouble: { kind: 'misconfigured', code: 'right_missing' } });
    expect(states()).toEqual([10]);
  });

  it('may be cancelled although the shop failed: an unknown outcome', async () => {
    const { server, cancel, states } = await placed();
    server.faults.add({ fault: { kind: 'error_after_commit' }, resource: 'order_histories', method: 'POST', times: 1 });
    expect(await cancel()).toMatchObject({ trouble: { kind: 'unknown_outcome', code: 'server_error' } });
    expect(states()).toEqual([10, 6]);
    valueOf(await cancel());
    expect(states()).toEqual([10, 6]);
  });
});
