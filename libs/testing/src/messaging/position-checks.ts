import assert from 'node:assert/strict';
import type { PartitionPosition, PositionStore } from '#messaging';

/** What a check of position stores works on: two instances on the same positions, and names that nobody else uses. */
export type PositionScene = {
  readonly positions: readonly [PositionStore, PositionStore];
  readonly newName: (what: string) => string;
};

export type PositionCheck = (scene: PositionScene) => Promise<void>;

const at = (next: number): PartitionPosition => ({ next, last: { offset: next - 1, fingerprint: `of ${next}` } });

/** A group that was never there has no positions; one that was has those that it was given, with their marks. */
export const keepsPositions: PositionCheck = async ({ positions: [store, peer], newName }) => {
  const [group, topic] = [newName('group'), newName('topic')];
  assert.deepEqual([...(await store.load(group, topic))], []);
  assert.deepEqual(await store.advance(group, topic, 0, at(5)), at(5));
  assert.deepEqual(await store.advance(group, topic, 7, { next: 3 }), { next: 3 });
  assert.deepEqual(await store.advance(group, topic, 0, at(6)), at(6));
  const expected = new Map([
    [0, at(6)],
    [7, { next: 3 }],
  ]);
  assert.deepEqual(new Map(await store.load(group, topic)), expected);
  assert.deepEqual(new Map(await peer.load(group, topic)), expected, 'another instance sees the same');
};

/** Offsets are counted beyond what 32 bits hold. */
export const keepsLargeOffsets: PositionCheck = async ({ positions: [store], newName }) => {
  const [group, topic, next] = [newName('group'), newName('topic'), Number.MAX_SAFE_INTEGER];
  await store.advance(group, topic, 2_147_483_647, at(next));
  assert.deepEqual([...(await store.load(group, topic))], [[2_147_483_647, at(next)]]);
};

/** A step back is answered with where the position stands, and changes nothing. */
export const neverMovesBack: PositionCheck = async ({ positions: [store, peer], newName }) => {
  const [group, topic] = [newName('group'), newName('topic')];
  await store.advance(group, topic, 0, at(10));
  assert.deepEqual(await peer.advance(group, topic, 0, at(4)), at(10));
  assert.deepEqual(await peer.advance(group, topic, 0, { next: 10 }), at(10));
  assert.deepEqual((await store.load(group, topic)).get(0), at(10));
};

/** Racing members: each is answered a position at least as far as asked, the furthest stays, and nobody sees it go back. */
export const racersNeverMoveBack: PositionCheck = async ({ positions, newName }) => {
  const [group, topic] = [newName('group'), newName('topic')];
  const steps = Array.from({ length: 60 }, (_, index) => ((index * 37) % 60) + 1);
  const seen: number[] = [];
  const race = async (next: number, index: number): Promise<void> => {
    const position = await positions[index % 2 === 0 ? 0 : 1].advance(group, topic, 0, at(next));
    assert.ok(position.next >= next, `asked for ${next}, answered ${position.next}`);
    assert.deepEqual(position, at(position.next), 'a mark belongs to its position');
  };
  const look = async (): Promise<void> => {
    for (let index = 0; index < 20; index++) seen.push((await positions[0].load(group, topic)).get(0)?.next ?? 0);
  };
  await Promise.all([look(), ...steps.map(race)]);
  assert.deepEqual((await positions[1].load(group, topic)).get(0), at(60));
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
    'a reader saw the position go back',
  );
};

/** An operator's reset goes anywhere: back, forward, to a place without a mark. */
export const resetsAnywhere: PositionCheck = async ({ positions: [store, peer], newName }) => {
  const [group, topic] = [newName('group'), newName('topic')];
  for (const to of [at(10), at(4), { next: 0 }, at(100)]) {
    await store.reset(group, topic, 0, to);
    assert.deepEqual((await peer.load(group, topic)).get(0), to);
  }
  assert.deepEqual(await store.advance(group, topic, 0, at(101)), at(101), 'and goes on from there');
};

/** Groups, topics and partitions have nothing to do with each other, whatever is in their names. */
export const keepsPositionsApart: PositionCheck = async ({ positions: [store], newName }) => {
  const names = ['a', 'b', "'; --", 'ä€', 'a:b', 'a/b'].map(newName);
  const places = names.flatMap((group) => names.map((topic) => ({ group, topic })));
  for (const [index, { group, topic }] of places.entries()) {
    await store.advance(group, topic, 0, at(2 * index + 1));
    await store.advance(group, topic, 1, at(2 * index + 2));
  }
  for (const [index, { group, topic }] of places.entries()) {
    const found = [...(await store.load(group, topic))].sort(([a], [b]) => a - b);
    assert.deepEqual(found, [
      [0, at(2 * index + 1)],
      [1, at(2 * index + 2)],
    ]);
  }
};
