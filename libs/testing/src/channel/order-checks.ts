import assert from 'node:assert/strict';
import { allows, expectedOf, judgeReading, zero, type Reading, type RowHistory } from '#channel-kit';
import { follow, patience, playgroundOf, readFeed, readRow, rowOf, setRow, valueOf, wholeOrder } from './asking.js';
import type { ChannelCheck, ChannelWorld } from './world.js';

const assertExpected = (history: RowHistory, { value }: Reading, what: string): void => {
  const expected = expectedOf(history);
  assert.notEqual(expected, 'unknown', `${what}: the set is one`);
  assert.ok(allows(expected, value), `${what}: the row shows ${value}, expected one of ${String(expected)}`);
};

/** Does one thing to an order, and holds what the row then shows against what two readings of the order say. */
const holds = async <Order>(
  world: ChannelWorld<Order>,
  what: string,
  act: (known: string | undefined) => Promise<string>,
  known?: string,
): Promise<string> => {
  const row = rowOf(world);
  const before = known === undefined ? undefined : await wholeOrder(world.port, known);
  const from = Date.now();
  const { cursors } = await readFeed(world.port);
  const base = await readRow(world.port, row);
  const id = await act(known);
  const { movement } = await follow(world, { cursors, from, before }, { id, row });
  assertExpected({ base, writes: [], movements: [movement] }, await readRow(world.port, row), what);
  return id;
};

export const findsAndExplainsOrders: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    await setRow(world.port, rowOf(world), 20);
    const id = await holds(world, 'an order through the interface', () => world.order(rowOf(world), 3));
    await holds(
      world,
      'its cancellation',
      async () => {
        await world.cancel(id);
        return id;
      },
      id,
    );
  },
};

export const findsAndExplainsEveryChange: ChannelCheck = {
  needsPlayground: true,
  run: async (world) => {
    for (const [what, change] of Object.entries(playgroundOf(world).changes)) {
      await setRow(world.port, rowOf(world), 20);
      const id = await holds(world, `an order before ${what}`, () => world.order(rowOf(world), 3));
      await holds(
        world,
        what,
        async () => {
          await change(id);
          return id;
        },
        id,
      );
    }
  },
};

const assertCrossed = (history: RowHistory, { value }: Reading): void => {
  assert.equal(value, 17, 'the write is gone');
  assert.deepEqual(judgeReading(history, value), { kind: 'below', units: 30, cause: 'crossed' });
};

/** Where the shop lowers its row in one statement, the write stands, with the order's units off it or not. */
const assertStands = (history: RowHistory, reading: Reading): void => {
  assert.notDeepEqual(history.movements[0]?.moved, zero, 'the order takes its units');
  assertExpected(history, reading, 'a write across an order');
};

/** Where the shop leaves its rows alone, an order crosses nothing. */
const assertUntouched = (history: RowHistory, reading: Reading): void => {
  assert.equal(reading.value, 50, 'the write stands');
  assertExpected(history, reading, 'an order across a write');
};

export const seesACrossedWrite: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const row = rowOf(world);
    await setRow(world.port, row, 20);
    const from = Date.now();
    const { cursors } = await readFeed(world.port);
    const base = await readRow(world.port, row);
    let writing = base.span;
    const id = await world.orderAcross(row, 3, async () => {
      const sent = Date.now();
      await setRow(world.port, row, 50);
      writing = { from: sent, to: Date.now() + 1 };
    });
    const { movement } = await follow(world, { cursors, from, before: undefined }, { id, row });
    const history: RowHistory = {
      base,
      writes: [{ value: 50, span: writing, outcome: 'written' }],
      movements: [movement],
    };
    const reading = await readRow(world.port, row);
    const { losesWrites, decrementsItself } = world.port.capabilities;
    if (losesWrites) assertCrossed(history, reading);
    else if (decrementsItself) assertStands(history, reading);
    else assertUntouched(history, reading);
    await world.cancel(id);
  },
};

export const saysWhenItsFeedIsStale: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    for (const source of world.sources) {
      const { cursors } = await readFeed(world.port);
      const stale = await world.withoutSource(source, () => readFeed(world.port, cursors));
      assert.deepEqual(
        stale.failed.map((one) => one.source),
        [source],
        `without ${source} the feed is not fresh`,
      );
      assert.equal(stale.cursors[source], cursors[source], `${source} keeps its cursor`);
      assert.deepEqual((await readFeed(world.port, stale.cursors)).failed, [], `with ${source} it is fresh again`);
    }
  },
};

export const losesNothingOfAStaleFeed: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    for (const source of world.sources) {
      const { cursors } = await readFeed(world.port);
      const { id, stale } = await world.withoutSource(source, async () => {
        const made = await world.order(rowOf(world), 1);
        return { id: made, stale: await readFeed(world.port, cursors) };
      });
      const later = await readFeed(world.port, stale.cursors);
      assert.ok([...stale.orders, ...later.orders].includes(id), `an order made without ${source} is told`);
      await world.cancel(id);
    }
  },
};

export const anEditByHandIsNoMovement: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const row = rowOf(world);
    await setRow(world.port, row, 20);
    const base = await readRow(world.port, row);
    await world.typeIn(row, 13);
    const { value } = await readRow(world.port, row);
    const verdict = judgeReading({ base, writes: [], movements: [] }, value);
    assert.deepEqual(verdict, { kind: 'below', units: 7, cause: 'unknown' });
  },
};

export const aVanishedOrderIsUndefined: ChannelCheck = {
  needsPlayground: true,
  run: async (world) => {
    const id = await world.order(rowOf(world), 1);
    const before = await wholeOrder(world.port, id);
    assert.notEqual(before, undefined);
    await playgroundOf(world).vanish(id);
    const after = valueOf(await world.port.order(id, patience()));
    assert.equal(after, undefined);
    assert.equal(world.port.effects(before, after).size, 0, 'its deletion moved nothing');
  },
};

export const listsOpenOrders: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const open = async (): Promise<readonly string[]> => valueOf(await world.port.openOrders(patience()));
    const [kept, ended] = [await world.order(rowOf(world), 1), await world.order(rowOf(world), 1)];
    const both = await open();
    assert.deepEqual(
      [kept, ended].map((id) => both.filter((one) => one === id).length),
      [1, 1],
      'an order that nobody has sent is named, once',
    );
    await world.cancel(ended);
    const left = await open();
    assert.ok(left.includes(kept), 'it is still open');
    assert.ok(!left.includes(ended), 'one that is cancelled is not');
    await world.cancel(kept);
  },
};

export const keepsOrdersAsPlainJson: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const id = await world.order(rowOf(world), 1);
    const order = await wholeOrder(world.port, id);
    assert.deepEqual(JSON.parse(JSON.stringify(order)), order);
    await world.cancel(id);
  },
};
