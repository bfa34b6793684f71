import assert from 'node:assert/strict';
import type { PositionStore } from '#messaging';
import { eventually, manyPartitions, numbered, valuesOf, type MessagingCheck } from './scene.js';
import { firstOf, watching } from './watch.js';

const keys = Array.from({ length: 24 }, (_, index) => `key${index}`);
const wave = (number: number) => keys.flatMap((key) => numbered(key, 2, number * 2));

/** Each group is given everything, and has its own position. */
export const groupsAreIndependent: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const [one, two] = [scene.newName('one'), scene.newName('two')];
  await scene.senders[0].send(topic, numbered('key', 10));
  await watching(scene, { topics: [topic], group: one }, ({ hasHandled }) => hasHandled(valuesOf(numbered('key', 10))));
  assert.equal((await scene.positions[0].load(two, topic)).size, 0, 'the other group has no position');
  await watching(scene, { topics: [topic], group: two }, async ({ handled, hasHandled }) => {
    await hasHandled(valuesOf(numbered('key', 10)));
    assert.deepEqual(firstOf(handled), valuesOf(numbered('key', 10)));
  });
};

/**
 * Members that are told where positions stand. Moves under way at the same time may be answered in any order: a position
 * has gone back when an answer is less than one that had come before the move was asked for.
 */
const createMembers = () => {
  const told = new Map<number, number>();
  const backs: string[] = [];
  const listeningTo = (store: PositionStore): PositionStore => ({
    ...store,
    advance: async (group, topic, partition, to) => {
      const before = told.get(partition) ?? 0;
      const position = await store.advance(group, topic, partition, to);
      if (position.next < before) backs.push(`partition ${partition} from ${before} to ${position.next}`);
      told.set(partition, Math.max(told.get(partition) ?? 0, position.next));
      return position;
    },
  });
  return { listeningTo, backs };
};

/** Two members of one group, where one comes later and leaves again: together they miss nothing, and no position goes back. */
export const membersMissNothing: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic(manyPartitions);
  const group = scene.newName('group');
  const { listeningTo, backs } = createMembers();
  const [own, his] = [listeningTo(scene.positions[0]), listeningTo(scene.positions[1])];
  await scene.senders[0].send(topic, wave(0));
  const first = { topics: [topic], group, consumer: scene.consumers[0], positions: own };
  await watching(scene, first, async (one) => {
    const second = { ...first, consumer: scene.consumers[1], positions: his };
    const together = await watching(scene, second, async (two) => {
      await scene.senders[0].send(topic, wave(1));
      const sent = valuesOf([...wave(0), ...wave(1)]);
      const seen = (): ReadonlySet<string> => new Set(firstOf([...one.handled, ...two.handled]));
      await eventually(scene, 'two members miss a message', () => sent.every((text) => seen().has(text)));
      return two;
    });
    await scene.senders[0].send(topic, wave(2));
    await one.hasHandled(valuesOf(wave(2)));
    assert.ok(!firstOf(together.handled).some((text) => valuesOf(wave(2)).includes(text)), 'who left is given nothing');
  });
  assert.deepEqual(backs, [], 'a position went back');
};

/** Where there are partitions, two members share them: both work, neither on a partition of the other. */
export const membersShare: MessagingCheck = async (scene) => {
  if (!scene.consumers[0].capabilities.partitions) return;
  const topic = await scene.makeTopic(manyPartitions);
  const options = { topics: [topic], group: scene.newName('group') };
  await watching(scene, { ...options, consumer: scene.consumers[0] }, async (one) => {
    await watching(scene, { ...options, consumer: scene.consumers[1] }, async (two) => {
      const shares = (): readonly (readonly number[])[] =>
        [one, two].map(({ consuming }) => consuming.status().map(({ partition }) => partition));
      const isShared = (): boolean => {
        const [mine = [], his = []] = shares();
        const all = [...mine, ...his];
        // Who has to give a partition up learns of it a moment after the other one has it: in the end each has one owner.
        const isOnce = all.length === manyPartitions && new Set(all).size === manyPartitions;
        return mine.length > 0 && his.length > 0 && isOnce;
      };
      await eventually(scene, () => `not shared, each to one: ${JSON.stringify(shares())}`, isShared);
      const [before, beforeHis] = [one.offered.length, two.offered.length];
      await scene.senders[0].send(topic, wave(0));
      const seen = (): ReadonlySet<string> => new Set(firstOf([...one.handled, ...two.handled]));
      await eventually(scene, 'a message is missing', () => valuesOf(wave(0)).every((text) => seen().has(text)));
      assert.ok(one.offered.length > before && two.offered.length > beforeHis, 'one of them has nothing to do');
    });
  });
};
