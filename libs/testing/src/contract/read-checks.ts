import assert from 'node:assert/strict';
import { anyEvent } from '../sealed-events.js';
import { appendOne, fill, follow, numbered, readAll, write, type Check } from './scene.js';

/** Many streams in one read, each from its own revision, in the order asked; an unknown one is empty. */
export const readsManyStreams: Check = async ({ store, stream }) => {
  const [one, two] = [stream('one'), stream('two')];
  await store.append([write(one, numbered(5)), write(two, numbered(4))]);
  const pieces = await store.read(
    [
      { stream: two, from: 3 },
      { stream: stream('unknown'), from: 0 },
      { stream: one, from: 1 },
      { stream: two, from: 4 },
    ].slice(0, 3),
  );
  assert.deepEqual(
    pieces.map((events) => events.map(({ stream: name, revision }) => `${name}@${revision}`)),
    [[`${two}@3`], [], [1, 2, 3, 4].map((revision) => `${one}@${revision}`)],
  );
};

/** `eventsMax` counts per stream; without it a read ends at a thousand. From beyond the end there is nothing. */
export const readsAreBounded: Check = async ({ store, stream }) => {
  const [long, short] = [stream('long'), stream('short')];
  await fill(store, long, 1_001);
  await fill(store, short, 3);
  const reads = [long, short].map((name) => ({ stream: name, from: 0 }));
  const lengths = async (eventsMax?: number): Promise<readonly number[]> =>
    (await store.read(reads, eventsMax)).map(({ length }) => length);
  assert.deepEqual(await lengths(2), [2, 2]);
  assert.deepEqual(await lengths(), [1_000, 3]);
  assert.deepEqual(await lengths(5_000), [1_001, 3]);
  assert.deepEqual(await store.read([{ stream: short, from: 3 }]), [[]]);
  assert.deepEqual(await store.read([]), []);
};

const exotic = [
  '\u0000 and \u0001',
  '"quoted" \\ backslash \\u0041 \n\r\t\b\f\u007f\u2028\u2029',
  '\u00e9 and e\u0301 are not the same',
  '\u{1f469}\u200d\u{1f4bb} \u{10ffff} \ufffe \uffff \ue000',
  '\u05d0\u200f\u0041 \ufeff',
  "Robert'); DROP TABLE events; -- {1,2} $1 %s",
  '',
];

/** Every text and number that JSON carries comes back the same, through read and through a subscription. */
export const roundTripsAnyContent: Check = async ({ store, stream }) => {
  const name = stream();
  const numbers = [0, -1, 9_007_199_254_740_991, -9_007_199_254_740_991, 1.5, 5e-324, 1e21];
  const data = {
    texts: exotic,
    numbers,
    nested: [[], {}, [null, true, false]],
    ...Object.fromEntries(exotic.map((text) => [text, text])),
  };
  const after = await store.head();
  const one = write(name, [anyEvent('Exotic', data)]);
  await appendOne(store, one);
  const [stored] = await readAll(store, name);
  const [followed] = await follow(store, after, (events) => events.length > 0, { prefixes: [name] });
  assert.deepEqual(stored?.data, data);
  assert.deepEqual(followed, stored);
  assert.deepEqual(stored.metadata, one.events[0]?.metadata);
};

/** An event of nearly 1 MiB, of text that takes three bytes a character: some servers take no append beyond 1 MiB in all. */
export const storesLargeEvents: Check = async ({ store, stream }) => {
  const name = stream();
  const text = '\u20ac'.repeat(349_000);
  await appendOne(store, write(name, [anyEvent('Large', { text }), anyEvent('Small')]));
  const [large, small] = await readAll(store, name);
  assert.equal(large?.data['text'] === text, true, 'the text is the same');
  assert.equal(small?.type, 'Small');
};
