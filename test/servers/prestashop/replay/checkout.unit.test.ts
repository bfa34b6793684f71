import { describe, expect, it } from 'vitest';
import { pauseAtRandom } from '../shop/pauses.js';
import { seededRandom } from '../shop/random.js';
import { createShopper } from '../shopper/shopper.js';
import type { Page } from '../shopper/types.js';
import { lineOf } from './effects/orders.js';
import { asRecorded } from './effects/scale.js';
import { createWorld, type World } from './effects/world.js';
import { effectCases, recordedVersions, type EffectCase, type RecordedVersion } from './recordings.js';

/** The checkout's cases by the beginning of their names. */
const casesLike = (version: RecordedVersion, start: string): readonly EffectCase[] =>
  effectCases(version).filter(({ name }) => name.startsWith(start));

const openings = { '6-0': 100, '7-0': 100, '1-0': 500, '1-1': 100 };

const setRow = (world: World, key: string, columns: object): void =>
  world.shop.tables.stock.put({ ...world.row(key), ...columns });

const worldWith = (version: RecordedVersion, quantity: number, outOfStock: number): World => {
  const world = createWorld({ version, scale: asRecorded, openings });
  setRow(world, '6-0', { quantity, out_of_stock: outOfStock });
  return world;
};

const choices: Readonly<Record<string, number>> = { deny: 0, allow: 1 };

/** What a `cart-check` sets, read from its name. */
const arrange = (world: World, name: string): { readonly key: string; readonly units: number } => {
  const [, sold = '6-0'] = /process: row (\S+)/.exec(name) ?? (name.includes('combination row') ? ['', '1-1'] : []);
  const [, quantity = '0'] = /(?:row|stock|quantity) (-?\d+)(?!-)/.exec(name.replace(/row \d+-\d+ /, '')) ?? [];
  const own = /(?:combination row |row\.)out_of_stock=(\d)/.exec(name)?.[1];
  const [, choice] = /\((deny|allow|default)/.exec(name) ?? [];
  setRow(world, sold, { quantity: Number(quantity), out_of_stock: Number(own ?? choices[choice ?? 'deny'] ?? 2) });
  const parent = /parent row forced to (\d+)|parent\.quantity=(\d+)/.exec(name);
  if (sold === '1-1' && parent !== null) setRow(world, '1-0', { quantity: Number(parent[1] ?? parent[2]) });
  const parentChoice = /parent(?: row |\.)out_of_stock=(\d)/.exec(name)?.[1];
  if (sold === '1-1' && parentChoice !== undefined) setRow(world, '1-0', { out_of_stock: Number(parentChoice) });
  if (name.includes('physical 0')) setRow(world, sold, { physical_quantity: 0, reserved_quantity: 9 });
  return { key: sold, units: Number(/holds (\d+)/.exec(name)?.[1] ?? 1) };
};

describe.each(recordedVersions)('the checkout of %s as recorded', (version) => {
  it.each(casesLike(version, 'cart-check-'))('$name', ({ name, notes }) => {
    const world = createWorld({ version, scale: asRecorded, openings });
    const { key, units } = arrange(world, name);
    const cart = world.shop.createCart([lineOf(world, key, units)]);
    const { errors } = createShopper({ context: world.shop.context }).checkCart(cart);
    expect(!errors).toBe((notes as { readonly isAllProductsInStock: boolean }).isAllProductsInStock);
  });

  it.each(['pack0-check', 'pack1-check', 'pack2-check'].flatMap((name) => casesLike(version, name)))(
    '$name',
    ({ name, notes, before }) => {
      const type = Number(name[4]);
      const key = `2${type}-0`;
      const rows = Object.fromEntries(Object.entries(before).map(([row, value]) => [row, (value as number[])[0] ?? 0]));
      const packs = [{ product: 20 + type, type, components: ['6-0', '7-0'] }];
      const world = createWorld({ version, scale: asRecorded, openings: rows, packs });
      world.shop.tables.stock.all().forEach((row) => world.shop.tables.stock.put({ ...row, out_of_stock: 0 }));
      const cart = world.shop.createCart([lineOf(world, key, 3)]);
      const { errors } = createShopper({ context: world.shop.context }).checkCart(cart);
      expect(!errors).toBe((notes as { readonly isAllProductsInStock: boolean }).isAllProductsInStock);
    },
  );

  it.each(casesLike(version, 'ajax-checkCartStillOrderable'))('$name', ({ notes }) => {
    const world = worldWith(version, 1, 0);
    const shopper = createShopper({ context: world.shop.context });
    const { cart } = shopper.addToCart(lineOf(world, '6-0', 1));
    setRow(world, '6-0', { quantity: 0 });
    const { errors } = JSON.parse(notes as string) as { readonly errors: boolean };
    expect(shopper.checkCart(cart)).toEqual({ errors });
  });

  it.each(casesLike(version, 'checkout-http-full-guest'))('$name', async ({ before, after, notes }) => {
    const world = worldWith(version, Number(before['6-0']), 0);
    const shopper = createShopper({ context: world.shop.context });
    const { cart } = shopper.addToCart(lineOf(world, '6-0', 1));
    for (const step of ['personal_information', 'addresses', 'delivery', 'payment'] as const) {
      expect(await shopper.checkoutStep(cart, step)).toEqual({ kind: 'shown', step });
    }
    await shopper.pay({ cart });
    expect(world.row('6-0').quantity).toBe(after['6-0']);
    expect(world.shop.tables.orders.all()).toHaveLength((notes as { readonly orders: number }).orders);
  });

  it.each(casesLike(version, 'two-carts-'))('$name', async ({ name, notes, after }) => {
    const world = worldWith(version, 1, name.endsWith('oos1') ? 1 : 0);
    const shopper = createShopper({ context: world.shop.context });
    const carts = [1, 2].map(() => shopper.addToCart(lineOf(world, '6-0', 1)).cart);
    for (const cart of carts) expect(await shopper.checkoutStep(cart, 'payment')).toMatchObject({ kind: 'shown' });
    const [first = 0, second = 0] = carts;
    await shopper.pay({ cart: first });
    const again = await shopper.checkoutStep(second, 'payment');
    expect(againBody(again)).toBe((notes as TwoCarts)['second GET order'][0].body);
    expect(await shopper.pay({ cart: second })).toMatchObject({ kind: 'confirmation' });
    expect(world.row('6-0').quantity).toBe(after['6-0']);
    expect(world.shop.tables.orders.all()).toHaveLength((notes as TwoCarts)['orders created']);
  });

  it.each(casesLike(version, 'row-zero-while-cart-holds-'))('$name', async ({ name, notes, after }) => {
    const world = worldWith(version, 1, name.endsWith('oos1') ? 1 : 0);
    const shopper = createShopper({ context: world.shop.context });
    const { cart } = shopper.addToCart(lineOf(world, '6-0', 1));
    if (name.includes('after-guest')) await shopper.checkoutStep(cart, 'addresses');
    if (name.includes('after-carrier')) await shopper.checkoutStep(cart, 'payment');
    setRow(world, '6-0', { quantity: 0 });
    if (!name.includes('after-carrier')) expect((await shopper.checkoutStep(cart, 'payment')).kind).toBe('cart');
    await shopper.pay({ cart });
    await shopper.pay({ cart });
    expect(world.row('6-0').quantity).toBe(after['6-0']);
    expect(world.shop.tables.orders.all()).toHaveLength((notes as { readonly orders: number }).orders);
  });
});

/** What a race came to: orders, and what the row has lost. */
type Ends = Readonly<Record<string, number>>;

describe.each(recordedVersions)('payments of %s at the same instant', (version) => {
  const races = [
    'parallel-two carts of 1',
    'parallel-one cart, validation posted twice at the same instant',
    'parallel-one cart, validation posted to',
  ];

  it.each(races.flatMap((name) => casesLike(version, name)))(
    '$name: nothing that was never seen',
    async ({ name, notes }) => {
      for (let seed = 0; seed < 20; seed += 1) {
        const world = worldWith(version, 1, 0);
        const shopper = createShopper({ context: world.shop.context });
        const [first = 0, second = 0] = [1, 2].map(() => shopper.addToCart(lineOf(world, '6-0', 1)).cart);
        for (const cart of [first, second]) await shopper.checkoutStep(cart, 'payment');
        world.shop.pauseWith(pauseAtRandom(seededRandom(seed)));
        const other = { cart: name.includes('two carts') ? second : first, module: 'ps_checkpayment' };
        await Promise.all([shopper.pay({ cart: first }), shopper.pay(other)]);
        const end = `(${world.shop.tables.orders.all().length}, ${world.row('6-0').quantity - 1})`;
        expect(Object.keys(notes as Ends)).toContain(end);
      }
    },
  );
});

type TwoCarts = {
  readonly 'second GET order': readonly [{ readonly body: string }];
  readonly 'orders created': number;
};

const againBody = (page: Page): string => (page.kind === 'cart' ? 'cart' : 'checkout');
