import { describe, expect, test } from 'vitest';
import type { MemoryStore } from '#event-store/memory';
import type { Snapshot, SnapshotLine } from '#orders';
import type { PolicyBook } from '#policies';
import {
  book,
  callerWith,
  committed,
  freshStore,
  lengthOf,
  receive,
  sellable,
  startProcess,
  withRecipe,
  type Process,
} from './ledger-process.js';

const line = (id: string, product: string, ordered: number, cancelled = 0): SnapshotLine => ({
  line: id,
  product: { ids: { product } },
  ordered,
  cancelled,
});
const snapshot = (version: number, lines: readonly SnapshotLine[], more: Partial<Snapshot> = {}): Snapshot => ({
  version,
  placedAt: '2026-03-01T09:00:00.000Z',
  changedAt: '2026-03-01T10:00:00.000Z',
  payment: 'paid',
  lines,
  ...more,
});

type Shop = { readonly store: MemoryStore; readonly ledger: Process };

const record = async ({ ledger }: Shop, value: Snapshot, orderKey = '77'): Promise<void> => {
  const order = { connection: 'shop', channel: 'web', orderKey, snapshot: value };
  const answer = await ledger.desk.record(order, callerWith(`v${value.version}`));
  expect(answer.kind).toBe('recorded');
};
const map = async ({ ledger }: Shop, product: string, sku: string): Promise<void> => {
  const command = { kind: 'map_listing', channel: 'web', ids: { product }, sku, unitsPerSale: 1 } as const;
  const caller = callerWith(`${product} is ${sku}`, 'operator');
  const outcome = await ledger.listings.execute({ ...caller, stream: `listing-web-${product}`, command, guard: 'id' });
  expect(outcome.kind).toBe('accepted');
};
const openShop = async (
  stock: Readonly<Record<string, number>>,
  listings: Readonly<Record<string, string>>,
  policies?: () => PolicyBook,
): Promise<Shop> => {
  const store = freshStore();
  const shop = { store, ledger: startProcess(store, policies) };
  for (const [sku, quantity] of Object.entries(stock)) await receive(shop.ledger, sku, quantity);
  for (const [product, sku] of Object.entries(listings)) await map(shop, product, sku);
  return shop;
};
const standing = async ({ store }: Shop, sku: string) => [await sellable(store, sku), await committed(store, sku)];

const permutations = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));

/** Which one comes twice, and where, goes round with the order of arrival; the arrival of orders has every combination. */
const withOneTwice = (edits: readonly Snapshot[]): readonly (readonly Snapshot[])[] =>
  permutations(edits).map((arriving, index) => {
    const from = index % arriving.length;
    const again = arriving[from];
    return again === undefined ? arriving : arriving.toSpliced(from + 1 + (index % (arriving.length - from)), 0, again);
  });

describe('scenario 2: order edits, any order of arrival', () => {
  const edits = [
    snapshot(1, [line('L1', 'a', 3)]),
    snapshot(2, [line('L1', 'a', 2)]),
    snapshot(3, [line('L2', 'b', 2)]),
    snapshot(4, [line('L2', 'b', 2, 2)]),
    snapshot(5, [line('L2', 'b', 2)]),
  ];
  const arrivals = withOneTwice(edits);

  test('ends with A 10 sellable, B 8 sellable and 2 committed, never above what was ordered; a remapped listing changes no line', async () => {
    expect(arrivals).toHaveLength(120);
    for (const arriving of arrivals) {
      const shop = await openShop({ A: 10, B: 10, D: 10 }, { a: 'A', b: 'B' });
      for (const each of arriving) {
        await record(shop, each);
        const [a, b] = [await committed(shop.store, 'A'), await committed(shop.store, 'B')];
        expect(Number(a)).toBeLessThanOrEqual(3);
        expect(Number(b)).toBeLessThanOrEqual(2);
      }
      expect([await standing(shop, 'A'), await standing(shop, 'B')]).toEqual([
        [10, 0],
        [8, 2],
      ]);
      await map(shop, 'b', 'D');
      await record(shop, snapshot(6, [line('L2', 'b', 2, 2)]));
      expect([await standing(shop, 'B'), await standing(shop, 'D')]).toEqual([
        [10, 0],
        [10, 0],
      ]);
    }
  });
});

describe('scenario 2 with bundles', () => {
  const edits = [
    snapshot(1, [line('L1', 'k', 3)]),
    snapshot(2, [line('L1', 'k', 2)]),
    snapshot(3, [line('L2', 'b', 2)]),
    snapshot(4, [line('L2', 'b', 2, 2)]),
    snapshot(5, [line('L2', 'b', 2)]),
  ];
  const recipes = {
    first: withRecipe(book, 'K', { sku: 'A', units: 2 }, { sku: 'B', units: 1 }),
    second: withRecipe(book, 'K', { sku: 'D', units: 1 }),
  };

  /** The recipe changes when the first snapshot has arrived. */
  const arrive = async (arriving: readonly Snapshot[]) => {
    let policies = recipes.first;
    const shop = await openShop({ A: 10, B: 10, D: 10 }, { k: 'K', b: 'B' }, () => policies);
    const seen: (readonly unknown[])[] = [];
    for (const each of arriving) {
      await record(shop, each);
      policies = recipes.second;
      seen.push([await committed(shop.store, 'A'), await committed(shop.store, 'B')]);
    }
    return { shop, seen };
  };

  test('a bundle ends as its components in every order of arrival, by the recipe under which it was first seen', async () => {
    for (const arriving of withOneTwice(edits)) {
      const { shop, seen } = await arrive(arriving);
      for (const [a, b] of seen) {
        expect(Number(a)).toBeLessThanOrEqual(6);
        expect(Number(b)).toBeLessThanOrEqual(3);
      }
      expect([await standing(shop, 'A'), await standing(shop, 'B'), await standing(shop, 'D')]).toEqual([
        [10, 0],
        [8, 2],
        [10, 0],
      ]);
      await record(shop, snapshot(6, [line('L2', 'b', 2, 2)]));
      expect([await standing(shop, 'A'), await standing(shop, 'B'), await standing(shop, 'D')]).toEqual([
        [10, 0],
        [10, 0],
        [10, 0],
      ]);
      expect(await lengthOf(shop.store, 'stock-K')).toBe(0);
    }
  });

  test('each edit commits and gives back whole bundles', async () => {
    const { seen } = await arrive(edits);
    expect(seen).toEqual([
      [6, 3],
      [4, 2],
      [0, 2],
      [0, 0],
      [0, 2],
    ]);
  });
});

describe('scenario 6: a wire transfer', () => {
  test('waits committed, is cancelled by the shop alone, and comes back with the money', async () => {
    const shop = await openShop({ A: 5 }, { a: 'A' });
    const stands = async (version: number, payment: Snapshot['payment']) => {
      await record(shop, snapshot(version, [line('L1', 'a', 2)], { payment }));
      return standing(shop, 'A');
    };
    expect(await stands(1, 'pending')).toEqual([3, 2]);
    expect(await stands(2, 'cancelled')).toEqual([5, 0]);
    expect(await stands(3, 'paid')).toEqual([3, 2]);
    expect(await stands(4, 'failed')).toEqual([5, 0]);
  });
});

describe('where the shop is author of issues', () => {
  const shipped = (version: number, payment: Snapshot['payment'], units = 2) =>
    snapshot(version, [{ ...line('L1', 'a', 2), shipped: units }], { payment });

  test('its cancelled order takes the issue back, its refunded one does not', async () => {
    for (const [payment, left] of [
      ['cancelled', 5],
      ['refunded', 3],
    ] as const) {
      const shop = await openShop({ A: 5 }, { a: 'A' });
      await record(shop, shipped(1, 'paid'));
      expect(await standing(shop, 'A')).toEqual([3, 0]);
      await record(shop, shipped(2, payment));
      expect(await standing(shop, 'A')).toEqual([left, 0]);
    }
  });

  test('an issue that it corrects, and a line that vanishes, end where the newest snapshot says', async () => {
    const shop = await openShop({ A: 5 }, { a: 'A' });
    await record(shop, shipped(1, 'paid', 2));
    await record(shop, shipped(2, 'paid', 1));
    expect(await standing(shop, 'A')).toEqual([3, 1]);
    await record(shop, snapshot(3, []));
    expect(await standing(shop, 'A')).toEqual([5, 0]);
  });
});

test('units refunded before their issue and not put back wait in quarantine', async () => {
  const shop = await openShop({ A: 5 }, { a: 'A' });
  await record(shop, snapshot(1, [line('L1', 'a', 3)]));
  await record(shop, snapshot(2, [{ ...line('L1', 'a', 3, 2), refunded: 2 }]));
  expect(await standing(shop, 'A')).toEqual([2, 1]);
  await record(shop, snapshot(3, [{ ...line('L1', 'a', 3, 2), refunded: 2, restocked: 2 }]));
  expect(await standing(shop, 'A')).toEqual([4, 1]);
});
