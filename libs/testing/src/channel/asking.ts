import assert from 'node:assert/strict';
import type {
  Answer,
  ChannelPort,
  Cursors,
  FeedReading,
  Movement,
  NumberSet,
  Reading,
  RowChange,
  RowKey,
  WriteAnswer,
} from '#channel-kit';
import type { ChannelWorld, Playground } from './world.js';

/** A shop that takes longer has failed the check. */
const answerMillisMax = 30_000;

export const patience = (): AbortSignal => AbortSignal.timeout(answerMillisMax);

export const valueOf = <Value>(answer: Answer<Value>): Value => {
  if (answer.kind === 'trouble') assert.fail(`${answer.trouble.code}: ${answer.trouble.detail}`);
  return answer.value;
};

export const assertTrouble = (answer: Answer<unknown>, kind: string, what: string): void =>
  assert.equal(answer.kind === 'trouble' ? answer.trouble.kind : 'answered', kind, what);

export const playgroundOf = <Order>({ playground }: ChannelWorld<Order>): Playground =>
  playground ?? assert.fail('the check needs a shop of our own');

export const rowOf = <Order>({ rows }: ChannelWorld<Order>, at = 0): RowKey =>
  rows[at] ?? assert.fail('the checks need two rows');

/** What the row shows now, and when that was. */
export const readRow = async <Order>(port: ChannelPort<Order>, row: RowKey): Promise<Reading> => {
  const from = Date.now();
  const [reading] = valueOf(await port.readBack([row], patience()));
  assert.ok(reading, `${row} is read`);
  return { value: reading.quantity, span: { from, to: Date.now() } };
};

/** What the row shows once a figure had its time to come: where writes are only accepted, it is waited for. */
export const readSettled = async <Order>(port: ChannelPort<Order>, row: RowKey, wanted: number): Promise<number> => {
  const giveUpAt = Date.now() + answerMillisMax;
  for (;;) {
    const { value } = await readRow(port, row);
    const isOver = port.capabilities.writesAre === 'done' || Date.now() > giveUpAt;
    if (value === wanted || isOver) return value;
  }
};

const writesMax = 3;

/** What the rows show is named in the write: a shop that compares refuses it where somebody was quicker, and is asked again. */
export const setRow = async <Order>(port: ChannelPort<Order>, row: RowKey, quantity: number): Promise<void> => {
  for (let left = writesMax; ; left -= 1) {
    const changes = await changesOf(port, [row], () => quantity);
    const answer = valueOf(await port.write(changes, patience()));
    if (left > 1 && hasConflict(port, answer, row)) continue;
    assert.deepEqual(answer, { written: [row], failed: [] });
    return;
  }
};

/** Writes of figures, with what the rows show now. One that is not there is expected to show nothing. */
export const changesOf = async <Order>(
  port: ChannelPort<Order>,
  rows: readonly RowKey[],
  quantityOf: (at: number) => number,
): Promise<readonly RowChange[]> => {
  const shown = valueOf(await port.readBack(rows, patience()));
  const figures = new Map(shown.map(({ row, quantity }) => [row, quantity]));
  return rows.map((row, at) => ({ row, quantity: quantityOf(at), expected: figures.get(row) ?? 0 }));
};

/** Whether the write of a row was refused because it shows something else than was expected. */
export const hasConflict = <Order>(port: ChannelPort<Order>, { failed }: WriteAnswer, row: RowKey): boolean =>
  port.capabilities.comparesAndSets && failed.some((one) => one.row === row && one.code === 'conflict');

export const readFeed = async <Order>(port: ChannelPort<Order>, cursors?: Cursors): Promise<FeedReading> =>
  valueOf(await port.ordersSince(cursors, patience()));

export const wholeOrder = async <Order>(port: ChannelPort<Order>, id: string): Promise<Order | undefined> =>
  valueOf(await port.order(id, patience()));

const effectOn = (effects: ReadonlyMap<RowKey, NumberSet>, row: RowKey): NumberSet => effects.get(row) ?? [0];

export type Followed<Order> = {
  readonly feed: FeedReading;
  readonly order: Order | undefined;
  readonly movement: Movement;
};

/** Reads the feed and the order behind it, as a channel's worker does. */
export const follow = async <Order>(
  { port }: ChannelWorld<Order>,
  since: { readonly cursors: Cursors; readonly from: number; readonly before: Order | undefined },
  { id, row }: { readonly id: string; readonly row: RowKey },
): Promise<Followed<Order>> => {
  const feed = await readFeed(port, since.cursors);
  assert.ok(feed.orders.includes(id), `the feed tells order ${id}`);
  assert.deepEqual(feed.failed, [], 'the feed is fresh');
  const order = await wholeOrder(port, id);
  const effects = port.effects(since.before, order);
  if (!port.capabilities.decrementsItself) assert.equal(effects.size, 0, 'an order leaves the rows as they are');
  const moved = effectOn(effects, row);
  return { feed, order, movement: { span: { from: since.from, to: Date.now() }, moved } };
};
