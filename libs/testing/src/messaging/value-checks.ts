import assert from 'node:assert/strict';
import type { IncomingMessage, OutgoingMessage } from '#messaging';
import type { MessagingCheck, MessagingScene } from './scene.js';
import { watching } from './watch.js';

/** Sends and answers what arrives, as bytes, in the order of the offsets. */
const sentAndReceived = async (
  scene: MessagingScene,
  messages: readonly OutgoingMessage[],
): Promise<readonly IncomingMessage[]> => {
  const topic = await scene.makeTopic();
  await scene.senders[0].send(topic, [...messages, end]);
  return arrivedIn(scene, topic);
};

const end: OutgoingMessage = { key: 'end', headers: {}, value: 'the end' };

const arrivedIn = (scene: MessagingScene, topic: string): Promise<readonly IncomingMessage[]> =>
  watching(scene, { topics: [topic], group: scene.newName('group') }, async ({ handled, hasHandled }) => {
    await hasHandled(['the end']);
    return handled.filter(({ text }) => text !== 'the end').map(({ message }) => message);
  });

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const plain = ({ key, value, headers }: IncomingMessage) => ({
  key: key && new Uint8Array(key),
  value: value && new Uint8Array(value),
  headers: [...headers].sort(),
});

const exotic = ['plain', 'ä€\u{1f600}', 'a\u0000b', '{"a": [1, null]}', "'; --", ' ', '\\x00', '__proto__'];

/** Keys, values and header values come back as the bytes of their UTF-8, whatever is in them. */
export const keepsEveryText: MessagingCheck = async (scene) => {
  const messages = exotic.map((text) => ({ key: text, headers: { ce_subject: text, other: '1' }, value: text }));
  const arrived = await sentAndReceived(scene, messages);
  assert.deepEqual(
    arrived.map(plain),
    exotic.map((text) => ({
      key: bytes(text),
      value: bytes(text),
      headers: [
        ['ce_subject', text],
        ['other', '1'],
      ],
    })),
  );
};

/** No headers, an empty header, an empty value: none of them is something else. */
export const keepsWhatIsEmpty: MessagingCheck = async (scene) => {
  const arrived = await sentAndReceived(scene, [
    { key: 'k', headers: {}, value: 'no headers' },
    { key: 'k', headers: { empty: '' }, value: '' },
  ]);
  assert.deepEqual(arrived.map(plain), [
    { key: bytes('k'), value: bytes('no headers'), headers: [] },
    { key: bytes('k'), value: bytes(''), headers: [['empty', '']] },
  ]);
};

/** A tombstone has no value, which is not an empty one. */
export const carriesTombstones: MessagingCheck = async (scene) => {
  const [tombstone, empty] = await sentAndReceived(scene, [
    { key: 'gone', headers: { a: '1' }, value: null },
    { key: 'empty', headers: {}, value: '' },
  ]);
  assert.ok(tombstone !== undefined && empty !== undefined, 'both arrive');
  assert.deepEqual(plain(tombstone), { key: bytes('gone'), value: undefined, headers: [['a', '1']] });
  assert.deepEqual(empty.value && new Uint8Array(empty.value), bytes(''));
};

/** Values of 1 MiB, of one and of three bytes a character. */
export const carriesLargeValues: MessagingCheck = async (scene) => {
  const texts = ['x'.repeat(1_048_576), '\u20ac'.repeat(349_525), 'small'];
  const arrived = await sentAndReceived(
    scene,
    texts.map((value, index) => ({ key: `${index}`, headers: {}, value })),
  );
  const lengths = arrived.map(({ value }) => value?.length);
  assert.deepEqual(lengths, [1_048_576, 1_048_575, 5]);
  assert.ok(texts.every((text, index) => Buffer.from(arrived[index]?.value ?? []).toString() === text));
};

const notUtf8 = new Uint8Array([0xff, 0xfe, 0x00, 0x80]);

/** What foreign writers put there comes as it is: bytes that are no text, no key, and of repeated headers the last. */
export const carriesForeignBytes: MessagingCheck = async (scene) => {
  const { write } = scene.hands;
  if (write === undefined) return;
  const topic = await scene.makeTopic();
  const headers = [
    ['__proto__', 'x'],
    ['constructor', 'y'],
    ['twice', 'first'],
    ['twice', 'last'],
  ] as const;
  await write(topic, { key: notUtf8, headers: [], value: notUtf8 });
  await write(topic, { key: undefined, headers, value: bytes('no key') });
  await scene.senders[0].send(topic, [end]);
  const [first, second] = await arrivedIn(scene, topic);
  assert.ok(first !== undefined && second !== undefined, 'both arrive');
  assert.deepEqual(plain(first), { key: notUtf8, value: notUtf8, headers: [] });
  assert.deepEqual([second.key, second.headers.get('twice')], [undefined, 'last']);
  assert.equal(second.headers.get('constructor'), 'y');
};
