import { describe, expect, it } from 'vitest';
import type { OutboxRow, ShopModule } from '../shop/module.js';
import { createPrestashop } from '../shop/shop.js';
import { createShopper } from './shopper.js';

const mug = { id_product: 6, id_product_attribute: 0, quantity: 1 };

const openShop = () => {
  const shop = createPrestashop({ version: '9.1', seed: 'products' });
  const row = shop.stockOf(mug);
  if (row !== undefined) shop.tables.stock.put({ ...row, quantity: 1, out_of_stock: 0 });
  return shop;
};

/** A lock by cart and a counter of units, as a module with a ledger behind it would have them. */
const createModule = (
  units: number,
  shop: ReturnType<typeof openShop>,
): ShopModule & { readonly rows: OutboxRow[] } => {
  const held = new Set<number>();
  const locks = new Map<number, Promise<void>>();
  const unlock = new Map<number, () => void>();
  const rows: OutboxRow[] = [];
  const hold = (cart: number): boolean => {
    if (held.has(cart) || held.size < units) held.add(cart);
    return held.has(cart);
  };
  const refused = { kind: 'cart', message: 'Sold out' } as const;
  return {
    rows,
    onPaymentStep: ({ id }) => Promise.resolve(hold(id) ? undefined : refused),
    beforeOrder: async ({ id }, { point }) => {
      if (point === 'order') return hold(id) ? undefined : refused;
      for (let before = locks.get(id); before !== undefined; before = locks.get(id)) await before;
      locks.set(id, new Promise((resolve) => unlock.set(id, resolve)));
      const [order] = shop.tables.orders.where(id);
      return order === undefined ? undefined : { kind: 'confirmation', order: order.id };
    },
    afterPayment: ({ id }) => {
      locks.delete(id);
      unlock.get(id)?.();
    },
    outbox: (row) => rows.push(row),
  };
};

describe('a shopper', () => {
  it('is refused at the cart and on the order page where the row says so, and never when he pays', async () => {
    const shop = openShop();
    const shopper = createShopper({ context: shop.context });
    const { cart } = shopper.addToCart(mug);
    expect(shopper.addToCart(mug, cart).page).toMatchObject({ kind: 'cart' });
    await shopper.checkoutStep(cart, 'payment');
    await shop.placeOrder({ lines: [mug], state: 2 });
    expect(shopper.checkCart(cart)).toEqual({ errors: true });
    expect(await shopper.checkoutStep(cart, 'payment')).toMatchObject({ kind: 'cart' });
    expect(await shopper.pay({ cart })).toMatchObject({ kind: 'confirmation' });
    expect(shop.stockOf(mug)?.quantity).toBe(-1);
  });
});

describe('a payment provider', () => {
  it('that reports a payment again finds an order, and gets the error of the shop', async () => {
    const shop = openShop();
    const shopper = createShopper({ context: shop.context });
    const { cart } = shopper.addToCart(mug);
    await shopper.checkoutStep(cart, 'payment');
    expect(await shopper.pay({ cart, state: 2, callback: true })).toMatchObject({ kind: 'confirmation' });
    expect(await shopper.pay({ cart, state: 2, callback: true })).toEqual({ kind: 'error', status: 500 });
    expect(await shopper.pay({ cart, state: 2 })).toEqual({ kind: 'cart', message: '' });
    expect(shop.tables.orders.where(cart)).toHaveLength(1);
  });

  it('crosses the return of the browser: two orders', async () => {
    const shop = openShop();
    const shopper = createShopper({ context: shop.context });
    const { cart } = shopper.addToCart(mug);
    await shopper.checkoutStep(cart, 'payment');
    await Promise.all([shopper.pay({ cart, state: 2, callback: true }), shopper.pay({ cart, state: 2 })]);
    expect(shop.tables.orders.where(cart)).toHaveLength(2);
  });

  it('is told to come again by a module that knows of the order', async () => {
    const shop = openShop();
    const again = { kind: 'error', status: 503 } as const;
    shop.install({ beforeOrder: (_, { callback }) => Promise.resolve(callback ? again : undefined) });
    const shopper = createShopper({ context: shop.context });
    const { cart } = shopper.addToCart(mug);
    await shopper.checkoutStep(cart, 'payment');
    expect(await shopper.pay({ cart, state: 2, callback: true })).toEqual(again);
    expect(shop.stockOf(mug)?.quantity).toBe(1);
  });
});

describe('a shopper of a shop with a module', () => {
  it('gets one order of one cart that is paid twice at once', async () => {
    const shop = openShop();
    shop.install(createModule(1, shop));
    const shopper = createShopper({ context: shop.context });
    const { cart } = shopper.addToCart(mug);
    await shopper.checkoutStep(cart, 'payment');
    const pages = await Promise.all([shopper.pay({ cart }), shopper.pay({ cart })]);
    expect(pages).toEqual([
      { kind: 'confirmation', order: 1 },
      { kind: 'confirmation', order: 1 },
    ]);
    expect(shop.stockOf(mug)?.quantity).toBe(0);
  });

  it('control: without it, two', async () => {
    const shop = openShop();
    const shopper = createShopper({ context: shop.context });
    const { cart } = shopper.addToCart(mug);
    await shopper.checkoutStep(cart, 'payment');
    await Promise.all([shopper.pay({ cart }), shopper.pay({ cart })]);
    expect(shop.tables.orders.where(cart)).toHaveLength(2);
  });

  it('is led back to the cart when another holds the last unit, at the payment step and in the gate', async () => {
    const shop = openShop();
    shop.install(createModule(1, shop));
    const shopper = createShopper({ context: shop.context });
    const [first = 0, second = 0] = [1, 2].map(() => shopper.addToCart(mug).cart);
    await shopper.checkoutStep(second, 'delivery');
    await shopper.checkoutStep(first, 'payment');
    expect(await shopper.checkoutStep(second, 'payment')).toEqual({ kind: 'cart', message: 'Sold out' });
    expect(await shopper.pay({ cart: second })).toEqual({ kind: 'cart', message: 'Sold out' });
    expect(await shopper.pay({ cart: first })).toMatchObject({ kind: 'confirmation' });
    expect(shop.stockOf(mug)?.quantity).toBe(0);
  });

  it('leaves a row for each hook of an order and of what the back office does with it', async () => {
    const shop = openShop();
    const module = createModule(1, shop);
    shop.install(module);
    const shopper = createShopper({ context: shop.context });
    const { cart } = shopper.addToCart(mug);
    await shopper.checkoutStep(cart, 'payment');
    await shopper.pay({ cart, callback: true, state: 2 });
    await shop.partialRefund({ detail: shop.linesOf(1)[0]?.id ?? 0, units: 1 });
    await shop.updateProduct(shop.linesOf(1)[0]?.id ?? 0, 2);
    expect(module.rows.map(({ hook }) => hook)).toEqual([
      'actionValidateOrder',
      'actionOrderHistoryAddAfter',
      'actionValidateOrderAfter',
      'actionProductCancel',
      'actionOrderSlipAdd',
      'actionOrderEdited',
    ]);
  });
});
