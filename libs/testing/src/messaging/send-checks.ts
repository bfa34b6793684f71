import assert from 'node:assert/strict';
import { MessageRefusedError, type OutgoingMessage } from '#messaging';
import { manyPartitions, numbered, rejectionOf, valuesOf, type MessagingCheck } from './scene.js';
import { firstOf, watching } from './watch.js';

const keys = ['a', 'b', 'c:1', 'c:2', 'ä €', 'd'];

/** Messages of one key arrive in the order of their sending, and all of them in one partition. */
export const keepsTheOrderOfEachKey: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic(manyPartitions);
  const rounds = 20;
  for (let round = 0; round < rounds; round++) {
    await scene.senders[0].send(
      topic,
      keys.flatMap((key) => numbered(key, 3, round * 3)),
    );
  }
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ handled, hasHandled }) => {
    for (const key of keys) {
      const expected = valuesOf(numbered(key, rounds * 3));
      await hasHandled(expected);
      const own = handled.filter(({ text }) => expected.includes(text));
      assert.deepEqual(firstOf(own), expected, `the order of ${key}`);
      assert.equal(new Set(own.map(({ partition }) => partition)).size, 1, `${key} in one partition`);
    }
  });
};

/** Sends that nobody waited for in between are stored in the order of their calls. */
export const sendsTakeTheirTurn: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const messages = numbered('key', 40);
  await Promise.all(messages.map((message) => scene.senders[0].send(topic, [message])));
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ handled, hasHandled }) => {
    await hasHandled(valuesOf(messages));
    assert.deepEqual(firstOf(handled), valuesOf(messages));
  });
};

/** Sends of more messages than go in one piece do not mix: all of the first, then all of the second. */
export const largeSendsDoNotMix: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const [first, second] = [numbered('key', 2_500), numbered('key', 2_500, 2_500)];
  await Promise.all([scene.senders[0].send(topic, first), scene.senders[0].send(topic, second)]);
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ handled, hasHandled }) => {
    await hasHandled(valuesOf([...first, ...second]));
    assert.deepEqual(firstOf(handled), valuesOf([...first, ...second]));
  });
};

/** Two senders that send at the same time, while somebody reads: every message arrives, each sender's in their order. */
export const twoSendersLoseNothing: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic(2);
  const names = ['one', 'two'] as const;
  const sendAll = async (index: 0 | 1): Promise<void> => {
    for (let piece = 0; piece < 15; piece++) {
      await scene.senders[index].send(topic, numbered(names[index], 10, piece * 10));
    }
  };
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ handled, hasHandled }) => {
    await Promise.all([sendAll(0), sendAll(1)]);
    for (const name of names) {
      const expected = valuesOf(numbered(name, 150));
      await hasHandled(expected);
      assert.deepEqual(firstOf(handled.filter(({ text }) => text.startsWith(name))), expected);
    }
  });
};

/** No messages at all are sent without an error, and nothing comes of it. */
export const sendsNothing: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  await scene.senders[0].send(topic, []);
  await scene.senders[0].send(topic, numbered('after', 1));
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ offered, hasHandled }) => {
    await hasHandled(['after 0']);
    assert.deepEqual(firstOf(offered), ['after 0']);
  });
};

/** Too large a message is refused with that reason, never arrives, and the sender works on. */
export const refusesWhatIsTooLarge: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const large: OutgoingMessage = { key: 'large', headers: {}, value: 'x'.repeat(scene.valueBytesTooMany) };
  const error = await rejectionOf(scene.senders[0].send(topic, [large]));
  assert.ok(error instanceof MessageRefusedError, `refused, not ${String(error)}`);
  assert.equal(error.reason, 'too_large');
  await scene.senders[0].send(topic, numbered('small', 2));
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ offered, hasHandled }) => {
    await hasHandled(['small 0', 'small 1']);
    assert.deepEqual(firstOf(offered), ['small 0', 'small 1']);
  });
};

/** Beside others it is refused as well; where the error names one, that is it. Sending the others again is right. */
export const refusesWhatIsTooLargeAmongOthers: MessagingCheck = async (scene) => {
  const topic = await scene.makeTopic();
  const [first, last] = numbered('small', 2) as [OutgoingMessage, OutgoingMessage];
  const large: OutgoingMessage = { key: 'small', headers: {}, value: 'x'.repeat(scene.valueBytesTooMany) };
  const error = await rejectionOf(scene.senders[0].send(topic, [first, large, last]));
  assert.ok(error instanceof MessageRefusedError, `refused, not ${String(error)}`);
  assert.ok(error.index === undefined || error.index === 1, `it was message 1, not ${error.index}`);
  await scene.senders[0].send(topic, [first, last]);
  await watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ handled, hasHandled }) => {
    await hasHandled(['small 0', 'small 1']);
    assert.deepEqual(firstOf(handled), ['small 0', 'small 1']);
  });
};

/** Where topics must exist, one that does not is told apart from a message that can never be stored. */
export const refusesAnUnknownTopic: MessagingCheck = async (scene) => {
  const topic = scene.newName('unknown');
  const error = await rejectionOf(scene.senders[0].send(topic, numbered('key', 1)));
  if (!scene.senders[0].capabilities.topicsMustExist) return assert.equal(error, undefined);
  assert.ok(error instanceof MessageRefusedError, `refused, not ${String(error)}`);
  assert.equal(error.reason, 'no_such_topic');
};
