import { beforeEach, describe, expect, test } from 'vitest';
import type { MemoryStore } from '#event-store/memory';
import type { PolicyBook } from '#policies';
import { createMemoryCartIndex } from '#apps/ledger';
import { createCarts, type Carts } from '../../apps/ledger/src/composition/carts.js';
import { book, freshStore, lengthOf, receive, reserved, sellable, startProcess, withRecipe } from './ledger-process.js';

const of = (sku: string, units: number) => ({ sku, units });
const line = (sku: string, quantity: number) => ({ sku, quantity });
const place = { channel: 'web', cart: 'c1' };
const by = (idempotencyKey: string) => ({ connection: 'shop', actor: 'k1', correlationId: 'c', idempotencyKey });

let store: MemoryStore;
let policies: PolicyBook;
let carts: Carts;
/** A process that has just started: it knows of a cart only what it is told. */
const startCarts = (known: readonly (readonly [string, readonly string[]])[] = []) =>
  createCarts(startProcess(store, () => policies).carts, createMemoryCartIndex(known), () => policies);

beforeEach(async () => {
  store = freshStore();
  policies = withRecipe(withRecipe(book, 'KIT', of('A', 2), of('B', 1)), 'DUO', of('B', 1), of('C', 1));
  const process = startProcess(store);
  for (const sku of ['A', 'B', 'C']) await receive(process, sku, 10);
  carts = startCarts();
});

const set = (id: string, ...lines: readonly ReturnType<typeof line>[]) => carts.set(by(id), { ...place, lines });
const listingsOf = async (cart: string) => {
  const streams = await startProcess(store).stock.load(['stock-A', 'stock-B', 'stock-C']);
  return streams.map(({ state }) => state.holds.get(`web:${cart}`)?.listing);
};
const heldOf = () => Promise.all(['A', 'B', 'C'].map((sku) => reserved(store, sku)));

describe('a cart of bundles', () => {
  test('holds their components, those of one SKU as one, and says what they make', async () => {
    expect(await set('k1', line('KIT', 2), line('B', 1), line('DUO', 3))).toMatchObject({
      kind: 'held',
      lines: [
        { sku: 'A', held: 4, requested: 4 },
        { sku: 'B', held: 6, requested: 6 },
        { sku: 'C', held: 3, requested: 3 },
      ],
      bundles: [
        { sku: 'KIT', requested: 2, held: 2, revision: 0 },
        { sku: 'DUO', requested: 3, held: 3, revision: 0 },
      ],
    });
    expect(await heldOf()).toEqual([4, 6, 3]);
    expect(await lengthOf(store, 'stock-KIT')).toBe(0);
  });

  test('holds them under the listing that sells the bundle; units of several listings are under none', async () => {
    const listed = (sku: string, listing: string) => ({ ...line(sku, 1), listing });
    await set('k1', listed('KIT', '42:7'), listed('DUO', '43'));
    expect(await listingsOf('c1')).toEqual(['42:7', undefined, '43']);
  });

  test('is held whole or not at all: the component that does not suffice is named', async () => {
    expect(await set('k1', line('KIT', 6), line('DUO', 1))).toMatchObject({
      kind: 'not_held',
      sku: 'A',
      failure: { refusal: { code: 'insufficient', requested: 12, available: 10 } },
      bundles: [{ held: 0 }, { held: 0 }],
    });
    expect(await set('k2', line('KIT', 5), line('DUO', 6))).toMatchObject({ kind: 'not_held', sku: 'B' });
    expect(await heldOf()).toEqual([0, 0, 0]);
  });

  test('in part holds what there is of each component, and the first line gets its bundles first', async () => {
    const wish = { ...place, lines: [line('KIT', 4), line('B', 3), line('DUO', 9)], partial: true };
    expect(await carts.set(by('k1'), wish)).toMatchObject({
      kind: 'held',
      bundles: [
        { sku: 'KIT', held: 4 },
        { sku: 'DUO', requested: 9, held: 3 },
      ],
    });
    expect(await heldOf()).toEqual([8, 10, 9]);
  });

  test('that is set anew gives back the components that it names no longer', async () => {
    await set('k1', line('KIT', 2));
    await set('k2', line('DUO', 1));
    expect(await heldOf()).toEqual([0, 1, 1]);
  });

  test('is extended and released with every component, whatever the bundle stands for by then', async () => {
    await set('k1', line('KIT', 2));
    policies = withRecipe(policies, 'KIT', of('C', 5));
    const extended = await carts.extend(by('k2'), { ...place, ttlMillis: 60_000 });
    expect(extended.lines.map(({ sku, held }) => [sku, held])).toEqual([
      ['A', 4],
      ['B', 2],
    ]);
    await carts.release(by('k3'), place);
    expect(await heldOf()).toEqual([0, 0, 0]);
    expect(await sellable(store, 'A')).toBe(10);
  });

  test('stands by what it holds when the same request comes again after the recipe has changed', async () => {
    const first = await set('k1', line('KIT', 2));
    policies = withRecipe(policies, 'KIT', of('A', 1), of('C', 5));
    expect(await set('k1', line('KIT', 2))).toEqual({ ...first, position: undefined });
    expect(await heldOf()).toEqual([4, 2, 0]);
    expect(await set('k2', line('KIT', 2))).toMatchObject({ bundles: [{ held: 2, revision: 1 }] });
    expect(await heldOf()).toEqual([2, 0, 10]);
  });

  test('after a restart the same request changes nothing that it has done', async () => {
    await set('k1', line('KIT', 2));
    policies = withRecipe(policies, 'KIT', of('A', 1));
    carts = startCarts([['web:c1', ['A', 'B']]]);
    expect((await set('k1', line('KIT', 2))).kind).toBe('held');
    expect(await heldOf()).toEqual([4, 2, 0]);
  });

  test('under the same id with other lines is refused', async () => {
    await set('k1', line('KIT', 2));
    expect(await set('k1', line('KIT', 3))).toMatchObject({ kind: 'not_held', failure: { kind: 'command_id_reused' } });
    expect(await heldOf()).toEqual([4, 2, 0]);
  });

  test('that comes to too many SKUs is refused before anything is held', async () => {
    const names = Array.from({ length: 8 }, (_, nth) => `BOX${nth}`);
    for (const name of names)
      policies = withRecipe(
        policies,
        name,
        ...Array.from({ length: 63 }, (_, nth) => of(`${name}-${nth}`, 1)),
        of('A', 1),
      );
    expect(await set('k1', ...names.map((name) => line(name, 1)))).toEqual({
      kind: 'too_many_skus',
      skus: 505,
      max: 500,
    });
    expect(await heldOf()).toEqual([0, 0, 0]);
  });
});
