import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderOf, startSideWorld, type SideWorld } from '../../../../test/channels/side-world.js';
import type { AnnouncedPair, OrderMessage } from '../contracts/index.js';

/* The ledger as workers see it, over its real services and a real PostgreSQL. */

const within = { timeout: 30_000, interval: 10 };

let world: SideWorld;
let following: { readonly stop: () => Promise<void> }[] = [];
beforeEach(async () => {
  world = await startSideWorld();
  for (const sku of ['A', 'B']) await world.receive(sku, 100);
  await world.list('1', 'A');
  await world.list('2', 'B', 3);
});
afterEach(async () => {
  await Promise.all(following.map(({ stop }) => stop()));
  following = [];
  await world.stop();
});

const figuresOf = async (...skus: readonly string[]) => {
  const figures = await world.side.figures('web', skus);
  return Object.fromEntries(figures.map(({ sku, shown, heldByListing }) => [sku, { shown, heldByListing }]));
};
const shown = async (sku: string): Promise<number | undefined> => (await figuresOf(sku))[sku]?.shown;

const outcomeOf = async ({ channel, orderKey, version }: OrderMessage) => {
  const { included, refused } = await world.side.included([{ channel, orderKey, version }]);
  return [...included.map(() => 'included'), ...refused.map(({ code }) => code)];
};

describe('an order that was told', () => {
  it('is in the figures from the moment at which it is included', async () => {
    await world.startMessages();
    let [a, b] = [100, 100];
    for (let turn = 1; turn <= 25; turn += 1) {
      const order = orderOf(`o${turn % 7}-${turn}`, 1, [
        { product: '1', ordered: 1 + (turn % 2) },
        { product: '2', ordered: 1 },
      ]);
      [a, b] = [a - 1 - (turn % 2), b - 3];
      await world.side.tell([order]);
      await expect.poll(() => outcomeOf(order), within).toEqual(['included']);
      expect(await figuresOf('A', 'B')).toEqual({
        A: { shown: a, heldByListing: {} },
        B: { shown: b, heldByListing: {} },
      });
    }
  });

  it('control: is not in them while nobody takes it in, and not included', async () => {
    const order = orderOf('o1', 1, [{ product: '1', ordered: 4 }]);
    await expect.poll(() => shown('A'), within).toBe(100);
    await world.side.tell([order]);
    expect([await outcomeOf(order), await shown('A')]).toEqual([[], 100]);
    await world.startMessages();
    await expect.poll(() => outcomeOf(order), within).toEqual(['included']);
    expect(await shown('A')).toBe(96);
  });

  it('may come twice and in any order: the newest version counts', async () => {
    await world.startMessages();
    const versions = [1, 2, 3].map((version) => orderOf('o1', version, [{ product: '1', ordered: version * 2 }]));
    const [first, second, third] = versions as [OrderMessage, OrderMessage, OrderMessage];
    await world.side.tell([second, third, first, third]);
    for (const order of versions) await expect.poll(() => outcomeOf(order), within).toEqual(['included']);
    expect(await shown('A')).toBe(94);
  });

  it('is included with a line that no listing explains yet', async () => {
    await world.startMessages();
    const order = orderOf('o1', 1, [
      { product: '1', ordered: 5 },
      { product: 'unheard of', ordered: 5 },
    ]);
    await world.side.tell([order]);
    await expect.poll(() => outcomeOf(order), within).toEqual(['included']);
    expect(await shown('A')).toBe(95);
  });

  it('is refused where it was put aside, with its reason, until a newer version is taken in', async () => {
    await world.startMessages();
    const [stranger, own] = [orderOf('o1', 1, [], { connection: 'stranger' }), orderOf('o1', 2, [])];
    await world.side.tell([stranger]);
    await expect.poll(() => outcomeOf(stranger), within).toEqual(['not_author']);
    await world.side.tell([own]);
    await expect.poll(() => outcomeOf(own), within).toEqual(['included']);
    expect(await outcomeOf(stranger)).toEqual(['included']);
  });
});

describe('figures', () => {
  it('tell what carts hold by listing, until an order consumes it', async () => {
    await world.startMessages();
    await world.hold('c1', { sku: 'A', quantity: 4, listing: '1' }, { sku: 'B', quantity: 3, listing: '2' });
    await world.hold('c2', { sku: 'A', quantity: 2 });
    const held = { A: { shown: 94, heldByListing: { '1': 4 } }, B: { shown: 97, heldByListing: { '2': 3 } } };
    await expect.poll(() => figuresOf('A', 'B', 'never'), within).toEqual(held);
    const order = orderOf('o1', 1, [{ product: '1', ordered: 4 }], { cart: 'c1' });
    await world.side.tell([order]);
    await expect.poll(() => outcomeOf(order), within).toEqual(['included']);
    expect((await figuresOf('A'))['A']).toEqual({ shown: 94, heldByListing: {} });
  });

  it('are not told of a channel that nobody has defined', async () => {
    await expect(world.side.figures('nowhere', ['A'])).rejects.toThrow('nowhere');
  });
});

describe('who follows', () => {
  const listener = (refuse: (pairs: readonly AnnouncedPair[]) => boolean = () => false) => {
    const heard: AnnouncedPair[] = [];
    return {
      heard,
      skus: () => [...new Set(heard.map(({ sku }) => sku))].sort(),
      hear: (pairs: readonly AnnouncedPair[]): Promise<void> => {
        if (refuse(pairs)) return Promise.reject(new Error('not now'));
        heard.push(...pairs);
        return Promise.resolve();
      },
    };
  };
  const follow = async (hear: (pairs: readonly AnnouncedPair[]) => Promise<void>) => {
    const one = await world.side.follow(hear);
    following.push(one);
    return one;
  };
  const newest = async (sku: string) => (await world.side.figures('web', [sku]))[0]?.sequence;

  it('hears what was announced before the start and what comes, and goes on where the last one ended', async () => {
    const first = listener();
    const one = await follow(first.hear);
    await expect.poll(first.skus, within).toEqual(['A', 'B']);
    await world.hold('c1', { sku: 'A', quantity: 1, listing: '1' });
    await expect.poll(() => first.heard.at(-1), within).toMatchObject({ channel: 'web', sku: 'A' });
    await expect.poll(async () => first.heard.at(-1)?.sequence === (await newest('A')), within).toBe(true);
    await one.stop();
    await world.receive('B', 1, 'more of B');
    const second = listener();
    await follow(second.hear);
    await expect.poll(second.skus, within).toEqual(['B']);
    expect(second.heard[0]?.sequence).toBeGreaterThan(first.heard.at(-1)?.sequence ?? Infinity);
  });

  it('control: without the position everything is heard again', async () => {
    const first = listener();
    await (await follow(first.hear)).stop();
    await world.pool.query('DELETE FROM channel_side.heard');
    const again = listener();
    await follow(again.hear);
    await expect.poll(again.skus, within).toEqual(['A', 'B']);
  });

  it('is told again what it rejected, after a rest, and nothing behind it before', async () => {
    let refused = 0;
    const one = listener(() => (refused += 1) <= 3);
    await follow(one.hear);
    await expect.poll(one.skus, within).toEqual(['A', 'B']);
    expect(world.trouble).toHaveLength(3);
    expect(one.heard.map(({ sequence }) => sequence)).toEqual(
      one.heard.map(({ sequence }) => sequence).toSorted((a, b) => a - b),
    );
  });

  it('follows alone: of several, another one goes on when it ends', async () => {
    const [first, second] = [listener(), listener()];
    const one = await follow(first.hear);
    await expect.poll(first.skus, within).toEqual(['A', 'B']);
    following.push(await world.otherFollow(second.hear));
    await world.receive('A', 1, 'more of A');
    await expect.poll(async () => first.heard.at(-1)?.sequence === (await newest('A')), within).toBe(true);
    expect(second.heard).toEqual([]);
    await one.stop();
    await world.receive('B', 1, 'more of B');
    await expect.poll(second.skus, within).toEqual(['B']);
  });
});
