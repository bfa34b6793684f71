import assert from 'node:assert/strict';
import type { PartitionBatch, PartitionPosition } from '#messaging';
import { door, eventually, numbered, valuesOf, type MessagingCheck, type MessagingScene } from './scene.js';
import { firstOf, watching, type Watched } from './watch.js';

const positionOf = async (
  scene: MessagingScene,
  group: string,
  topic: string,
): Promise<PartitionPosition | undefined> => (await scene.positions[0].load(group, topic)).get(0);

const nextOf = async (scene: MessagingScene, group: string, topic: string): Promise<number> =>
  (await positionOf(scene, group, topic))?.next ?? 0;

/** Resolves when the group's position is behind everything that was handed over. */
const settled = (scene: MessagingScene, group: string, topic: string, { offered }: Watched): Promise<void> =>
  eventually(
    scene,
    'the position does not follow what was handled',
    async () => (await nextOf(scene, group, topic)) > (offered.at(-1)?.message.offset ?? 0),
  );

/** A new group begins with what is there already, and follows what comes later. */
export const beginsAtTheBeginning: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  await scene.senders[0].send(topic, numbered('early', 5));
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ handled, hasHandled }) => {
    await hasHandled(valuesOf(numbered('early', 5)));
    await scene.senders[0].send(topic, numbered('late', 5));
    await hasHandled(valuesOf(numbered('late', 5)));
    assert.deepEqual(firstOf(handled), valuesOf([...numbered('early', 5), ...numbered('late', 5)]));
  });
};

/** One consumer follows several topics, each with its own positions. */
export const followsSeveralTopics: MessagingCheck = async (scene) => {
  const topics = [await scene.makeTopic(), await scene.makeTopic()];
  const group = scene.newName('group');
  for (const [index, topic] of topics.entries()) await scene.senders[0].send(topic, numbered(`t${index}`, 3 + index));
  await watching(scene, { topics, group }, async ({ handled, hasHandled }) => {
    await hasHandled(valuesOf([...numbered('t0', 3), ...numbered('t1', 4)]));
    for (const { topic, text } of handled) assert.equal(topics[Number(text[1])], topic, `${text} in its topic`);
    for (const [index, topic] of topics.entries()) {
      await eventually(
        scene,
        'each topic has its position',
        async () => (await nextOf(scene, group, topic)) === 3 + index,
      );
    }
  });
};

/** No batch is larger than asked. */
export const keepsBatchesSmall: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  await scene.senders[0].send(topic, numbered('key', 50));
  const options = { topics: [topic], group: scene.newName('group'), batchMessagesMax: 7 };
  await watching(scene, options, async ({ batches, hasHandled }) => {
    await hasHandled(valuesOf(numbered('key', 50)));
    assert.ok(Math.max(...batches.map(({ messages }) => messages.length)) <= 7, 'a batch of more than 7');
  });
};

/**
 * A batch that rejects comes again, whatever it rejects with, and nothing is skipped: what is handled is everything, in
 * order. The trouble is told.
 */
export const rejectedBatchesComeAgain: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const group = scene.newName('group');
  const failures = [new TypeError('not now'), new Error('not now'), new SyntaxError('not now'), 'not now', undefined];
  const left: unknown[] = [...failures];
  const handle = ({ messages }: PartitionBatch): Promise<void> => {
    // Only the batch that holds the third message fails.
    const isBad = messages.some(({ value }) => value !== undefined && Buffer.from(value).toString() === 'key 2');
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handlers may reject with anything
    return isBad && left.length > 0 ? Promise.reject(left.shift()) : Promise.resolve();
  };
  await scene.senders[0].send(topic, numbered('key', 30));
  await watching(scene, { topics: [topic], group, handle, batchMessagesMax: 5 }, async (watched) => {
    await watched.hasHandled(valuesOf(numbered('key', 30)));
    assert.deepEqual(firstOf(watched.handled), valuesOf(numbered('key', 30)));
    assert.equal(left.length, 0, 'every failure was met');
    assert.ok(watched.troubles.length >= failures.length, 'every failure was told');
    await settled(scene, group, topic, watched);
  });
};

/** While a batch is handled, and when it has rejected, the position stands before it; when it has resolved, behind it. */
export const movesThePositionAfterHandling: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const group = scene.newName('group');
  const early: number[] = [];
  let rejections = 2;
  const handle = async ({ messages }: PartitionBatch): Promise<void> => {
    const first = messages[0]?.offset ?? 0;
    for (let look = 0; look < 10; look++) {
      const next = await nextOf(scene, group, topic);
      if (next > first) early.push(next);
    }
    if (rejections-- > 0) throw new Error('not now');
  };
  await scene.senders[0].send(topic, numbered('key', 20));
  await watching(scene, { topics: [topic], group, handle, batchMessagesMax: 5 }, async (watched) => {
    await watched.hasHandled(valuesOf(numbered('key', 20)));
    await settled(scene, group, topic, watched);
    assert.deepEqual(early, [], 'the position was moved past messages that were not handled');
    const last = watched.offered.at(-1)?.message.offset ?? 0;
    assert.deepEqual((await positionOf(scene, group, topic))?.last?.offset, last, 'it marks the last record');
  });
};

/** A restarted consumer goes on at its position: what was finished does not come again. */
export const goesOnAfterARestart: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const group = scene.newName('group');
  const [before, after] = [numbered('before', 20), numbered('after', 20)];
  await scene.senders[0].send(topic, before);
  await watching(scene, { topics: [topic], group }, async (watched) => {
    await watched.hasHandled(valuesOf(before));
    await settled(scene, group, topic, watched);
  });
  await scene.senders[0].send(topic, after);
  await watching(scene, { topics: [topic], group, consumer: scene.consumers[1] }, async ({ offered, hasHandled }) => {
    await hasHandled(valuesOf(after));
    assert.deepEqual(firstOf(offered), valuesOf(after));
  });
};

/** What was not finished before a restart comes again, and nothing before it. */
export const unfinishedBatchesComeAgain: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const group = scene.newName('group');
  const messages = valuesOf(numbered('key', 20));
  await scene.senders[0].send(topic, numbered('key', 20));
  const handle = async (batch: PartitionBatch): Promise<void> => {
    if ((batch.messages.at(-1)?.offset ?? 0) >= 10) throw new Error('not now');
    return Promise.resolve();
  };
  const handled = await watching(scene, { topics: [topic], group, handle, batchMessagesMax: 3 }, async (watched) => {
    await eventually(scene, 'the bad batch never came', () => watched.troubles.length > 0);
    return watched.handled;
  });
  const done = firstOf(handled);
  await watching(scene, { topics: [topic], group }, async ({ offered, hasHandled }) => {
    await hasHandled(messages.slice(done.length));
    assert.deepEqual(firstOf(offered), messages.slice(done.length));
  });
};

/** `stop` waits for the batch under way and for its position; nothing is handed over afterwards. */
export const stopFinishesWhatIsUnderWay: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const group = scene.newName('group');
  const gate = door();
  await scene.senders[0].send(topic, numbered('key', 10));
  await watching(scene, { topics: [topic], group, handle: () => gate.opened, batchMessagesMax: 4 }, async (watched) => {
    await eventually(scene, 'nothing came', () => watched.offered.length > 0);
    let hasStopped = false;
    const stopping = watched.stop().then(() => (hasStopped = true));
    for (let look = 0; look < 10; look++) await nextOf(scene, group, topic);
    assert.equal(hasStopped, false, 'it has stopped before the batch was finished');
    gate.open();
    await stopping;
    assert.equal(watched.handled.length, watched.offered.length, 'what was under way is finished');
    assert.equal(await nextOf(scene, group, topic), (watched.offered.at(-1)?.message.offset ?? 0) + 1);
    await scene.senders[0].send(topic, numbered('later', 1));
    await watching(scene, { topics: [topic], group }, ({ hasHandled }) => hasHandled(['later 0']));
    assert.ok(!watched.offered.some(({ text }) => text === 'later 0'), 'a stopped consumer was given a message');
  });
};

/** Stopping twice is stopping once. */
export const stopsMoreThanOnce: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ stop }) => {
    await Promise.all([stop(), stop()]);
    await stop();
  });
};

/** Status names the partition, and its lag falls to nothing. */
export const tellsItsLag: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const gate = door();
  await scene.senders[0].send(topic, numbered('key', 10));
  const options = { topics: [topic], group: scene.newName('group'), handle: () => gate.opened };
  await watching(scene, options, async ({ consuming, hasHandled }) => {
    const lagOf = (): number | undefined => consuming.status().find(({ partition }) => partition === 0)?.lag;
    try {
      await eventually(
        scene,
        () => `a lag of ${lagOf()} where 10 wait`,
        () => lagOf() === 10,
      );
    } finally {
      gate.open();
    }
    await hasHandled(valuesOf(numbered('key', 10)));
    await eventually(
      scene,
      () => `a lag of ${lagOf()} where nothing waits`,
      () => lagOf() === 0,
    );
    assert.deepEqual(consuming.status(), [{ topic, partition: 0, state: 'running', lag: 0 }]);
  });
};
