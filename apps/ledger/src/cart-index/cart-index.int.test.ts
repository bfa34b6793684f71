import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import type { CartIndex } from './cart-index.js';
import { createMemoryCartIndex } from './memory-cart-index.js';
import { createPostgresCartIndex, type PostgresCartIndex } from './postgres-cart-index.js';
import { isSeeded, seedCarts } from './seed-carts.js';
import { cartsModule } from './statements.js';

let database: TestDatabase;
let pool: Pool;
let processes: readonly PostgresCartIndex[];
beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [cartsModule] });
  pool = createPool({ url, applicationName: 'carts-test', max: 4 });
  const clock = createClock();
  const onTrouble = (error: unknown): void => expect.unreachable(String(error));
  processes = [1, 2].map(() => createPostgresCartIndex({ url, pool, clock, durable: false, onTrouble }));
});
afterAll(async () => {
  await Promise.all(processes.map(({ close }) => close()));
  await pool.end();
  await database.drop();
});

const memory = createMemoryCartIndex();
/** Two ends of each: of two processes, and of one. */
const indexes: Readonly<Record<string, () => readonly [CartIndex, CartIndex]>> = {
  postgres: () => [processes[0]!, processes[1]!],
  memory: () => [memory, memory],
};
let names = 0;
const newName = (): string => `web:cart-${++names}`;
const ttlMillis = 60_000;
const asked = (sku: string, quantity: number) => [{ line: { sku, quantity } }];
const sorted = (skus: readonly string[] | undefined): readonly string[] => [...(skus ?? [])].sort();

describe.each(Object.entries(indexes))('the index of carts in %s', (_, ends) => {
  it('knows of a cart all that was ever added, at either end', async () => {
    const [one, other] = ends();
    const name = newName();
    expect(await one.find(name)).toBeUndefined();
    await one.add(name, { skus: ['A', 'B'], ttlMillis });
    expect(sorted((await other.add(name, { skus: ['B', 'Ä"\\{}'], ttlMillis })).skus)).toEqual(['A', 'B', 'Ä"\\{}']);
    expect(sorted((await one.find(name))?.skus)).toEqual(['A', 'B', 'Ä"\\{}']);
    expect(sorted((await one.touch(name, ttlMillis))?.skus)).toEqual(['A', 'B', 'Ä"\\{}']);
    expect(await one.touch(newName(), ttlMillis)).toBeUndefined();
  });

  it('loses none of those that many add at once', async () => {
    const carts = [newName(), newName()];
    const skus = Array.from({ length: 40 }, (_each, nth) => `S${String(nth).padStart(2, '0')}`);
    const additions = skus.flatMap((sku, nth) =>
      carts.map((name) => ends()[nth % 2]!.add(name, { skus: [sku], ttlMillis })),
    );
    await Promise.all(additions);
    for (const name of carts) expect(sorted((await ends()[0].find(name))?.skus)).toEqual(skus);
  });

  it('keeps what is left, unless somebody has come in between', async () => {
    const [one, other] = ends();
    const name = newName();
    const before = await one.add(name, { skus: ['A', 'B'], ttlMillis });
    const after = await other.add(name, { skus: ['C'], ttlMillis });
    await one.keep(name, [], before.version);
    await one.keep(name, ['A'], before.version);
    expect(sorted((await one.find(name))?.skus)).toEqual(['A', 'B', 'C']);
    await one.keep(name, ['C'], after.version);
    const kept = await other.find(name);
    expect(kept?.skus).toEqual(['C']);
    await other.keep(name, [], kept?.version ?? 0);
    expect(await one.find(name)).toBeUndefined();
  });

  it('remembers what the bundles of the last request stood for, and of that request the first answer', async () => {
    const [one, other] = ends();
    const name = newName();
    const first = { commandId: 'k1', asked: asked('KIT', 1) };
    await one.add(name, { skus: ['A'], ttlMillis, exploded: first });
    const again = { commandId: 'k1', asked: asked('KIT', 9) };
    expect((await other.add(name, { skus: ['B'], ttlMillis, exploded: again })).exploded).toEqual(first);
    expect((await other.add(name, { skus: ['B'], ttlMillis })).exploded).toEqual(first);
    const next = { commandId: 'k2', asked: asked('KIT', 2) };
    expect((await one.add(name, { skus: ['B'], ttlMillis, exploded: next })).exploded).toEqual(next);
  });
});

describe('the index of carts in postgres', () => {
  it('takes over open carts once, beneath what it knows', async () => {
    const [one] = processes as [PostgresCartIndex];
    const [known, open] = [newName(), newName()];
    await one.add(known, { skus: ['A'], ttlMillis });
    expect(await isSeeded(pool)).toBe(false);
    await seedCarts(pool, [
      [known, ['B']],
      [open, ['C', 'D']],
    ]);
    expect([await isSeeded(pool), (await one.find(known))?.skus, sorted((await one.find(open))?.skus)]).toEqual([
      true,
      ['A'],
      ['C', 'D'],
    ]);
  });

  it('forgets carts of which nothing is held any more, and no other', async () => {
    const [ended, open] = [newName(), newName()];
    const [one] = processes as [PostgresCartIndex];
    await one.add(ended, { skus: ['A'], ttlMillis });
    await one.add(open, { skus: ['A'], ttlMillis });
    await pool.query(`UPDATE carts.cart SET ends_at = now() - interval '1 second' WHERE reservation = $1`, [ended]);
    await expect.poll(() => one.find(ended), { interval: 200 }).toBeUndefined();
    expect(await one.find(open)).toBeDefined();
  });
});
