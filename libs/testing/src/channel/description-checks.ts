import assert from 'node:assert/strict';
import type { ChannelPort, DescribedOrder, RowKey, SoldIds } from '#channel-kit';
import {
  assertTrouble,
  patience,
  playgroundOf,
  readFeed,
  readRow,
  rowOf,
  setRow,
  valueOf,
  wholeOrder,
} from './asking.js';
import type { ChannelCheck, ChannelWorld } from './world.js';

/** What the ledger takes: no longer key, and no moment further ahead. */
const keyCharactersMax = 64;
const aheadMillisMax = 300_000;

const describedNow = async <Order>({ port }: ChannelWorld<Order>, id: string): Promise<DescribedOrder> => {
  const order = await wholeOrder(port, id);
  assert.ok(order !== undefined, `order ${id} is read`);
  const described = port.describe(order);
  assert.deepEqual(
    port.describe(JSON.parse(JSON.stringify(order)) as Order),
    described,
    'it rests on the reading alone',
  );
  assertFit(described);
  return described;
};

/** The order's payment once it had its time to come: where everything is only accepted, it is waited for. */
const settledPayment = async <Order>(world: ChannelWorld<Order>, id: string, wanted: string): Promise<string> => {
  const giveUp = patience();
  for (;;) {
    const { payment } = (await describedNow(world, id)).snapshot;
    const isOver = world.port.capabilities.writesAre === 'done' || giveUp.aborted;
    if (payment === wanted || isOver) return payment;
  }
};

const assertFit = ({ key, snapshot }: DescribedOrder): void => {
  assert.match(key, /^[^\p{C}$][^\p{C}]*$/u, 'the key can be one');
  assert.ok(key.length <= keyCharactersMax, 'the key is not too long');
  const latest = new Date(Date.now() + aheadMillisMax).toISOString();
  for (const time of [snapshot.placedAt, snapshot.changedAt ?? snapshot.placedAt]) {
    assert.equal(new Date(time).toISOString(), time, `${time} is a moment`);
    assert.ok(time <= latest, `${time} is not ahead`);
  }
};

const idsOf = async <Order>(port: ChannelPort<Order>, row: RowKey): Promise<SoldIds> => {
  for (let after: string | undefined; ;) {
    const { items, next } = valueOf(await port.listings(after, patience()));
    const found = items.find((listing) => listing.row === row);
    if (found !== undefined) return found.ids;
    if (next === undefined) return assert.fail(`${row} is listed`);
    after = next;
  }
};

export const describesOrders: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const row = rowOf(world);
    await setRow(world.port, row, 20);
    const [id, other] = [await world.order(row, 3), await world.order(row, 1)];
    const { key, snapshot, isOpen } = await describedNow(world, id);
    assert.ok(['pending', 'paid'].includes(snapshot.payment), 'somebody waits for it');
    assert.ok(isOpen, 'it is open');
    const lines = snapshot.lines.map(({ ids, ordered, cancelled = 0 }) => ({ ids, ordered, cancelled }));
    assert.deepEqual(
      lines,
      [{ ids: await idsOf(world.port, row), ordered: 3, cancelled: 0 }],
      'as the listing is named',
    );
    assert.notEqual((await describedNow(world, other)).key, key, 'another order has another key');
    await world.cancel(id);
    await world.cancel(other);
    const ended = await describedNow(world, id);
    assert.deepEqual([ended.key, ended.snapshot.payment, ended.isOpen], [key, 'cancelled', false]);
  },
};

export const cancelsOrders: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const row = rowOf(world);
    await setRow(world.port, row, 20);
    const id = await world.order(row, 3);
    valueOf(await world.port.cancel(id, patience()));
    assert.equal((await describedNow(world, id)).snapshot.payment, 'cancelled');
    const { value } = await readRow(world.port, row);
    const before = await wholeOrder(world.port, id);
    valueOf(await world.port.cancel(id, patience()));
    assert.equal(world.port.effects(before, await wholeOrder(world.port, id)).size, 0, 'once is enough');
    assert.equal((await readRow(world.port, row)).value, value, 'twice moves nothing more');
    assertTrouble(await world.port.cancel(world.missingOrder, patience()), 'refused', 'an order that is not there');
  },
};

export const aLostCancellationIsAnUnknownOutcome: ChannelCheck = {
  needsPlayground: true,
  run: async (world) => {
    const id = await world.order(rowOf(world), 1);
    playgroundOf(world).loseCancellation();
    const answer = await world.port.cancel(id, patience());
    assertTrouble(answer, 'unknown_outcome', 'nobody knows whether it is cancelled');
    assert.equal(await settledPayment(world, id, 'cancelled'), 'cancelled', 'it is, as reading it shows');
  },
};

export const saysWhenTheShopWentBack: ChannelCheck = {
  needsPlayground: true,
  run: async (world) => {
    const { port } = world;
    // Whose feed rests on times alone counts nothing that could go back.
    if (port.capabilities.ordersBy === 'change_time') return;
    const row = rowOf(world);
    let { cursors } = await readFeed(port);
    const lost: { id: string; key: string }[] = [];
    await playgroundOf(world).restoredAfter(async () => {
      const id = await world.order(row, 1);
      const feed = await readFeed(port, cursors);
      assert.equal(feed.wentBack, undefined, 'it has not gone back');
      ({ cursors } = feed);
      lost.push({ id, key: (await describedNow(world, id)).key });
    });
    const id = await world.order(row, 1);
    const { key } = await describedNow(world, id);
    for (const one of lost) assert.notEqual(one.key, key, `${one.id} is another order now`);
    const back = await readFeed(port, cursors);
    assert.notEqual(back.wentBack, undefined, 'its newest ids were seen before');
    assert.deepEqual(back.cursors, cursors, 'the cursors are left as they are');
    assert.ok(back.orders.includes(id), 'what came is told all the same');
    const anew = await readFeed(port);
    assert.equal((await readFeed(port, anew.cursors)).wentBack, undefined, 'anew it is a shop like others');
    await world.cancel(id);
  },
};
