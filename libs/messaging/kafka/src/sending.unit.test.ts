import { describe, expect, it } from 'vitest';
import { batchesOf, type Numbered } from './batches.js';
import { partitionOf } from './partition-of.js';
import { assertStored } from './partition-sender.js';

describe('the partition of a key', () => {
  // From the tests of Kafka's own murmur2: the positive hash modulo the partitions.
  it.each([
    ['21', -973_932_308],
    ['foobar', -790_332_482],
    ['a-little-bit-long-string', -985_981_536],
    ['a-little-bit-longer-string', -1_486_304_829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
    ['abc', 479_470_107],
  ])('%s is that of Java', (key, hash) => {
    for (const partitions of [1, 6, 7, 100])
      expect(partitionOf(key, partitions)).toBe((hash & 0x7fff_ffff) % partitions);
  });
});

describe('batches', () => {
  const messages = (count: number, bytes: number): readonly Numbered[] =>
    Array.from({ length: count }, (_, index) => ({
      index,
      message: { key: 'k', headers: {}, value: 'x'.repeat(bytes) },
    }));
  const sizes = (all: readonly Numbered[]): readonly number[] => batchesOf(all).map(({ length }) => length);

  it('are bounded by count and by bytes, in order', () => {
    expect(sizes(messages(1_201, 10))).toEqual([500, 500, 201]);
    expect(sizes(messages(5, 200_000))).toEqual([2, 2, 1]);
    expect(batchesOf(messages(1_201, 10)).flat()).toEqual(messages(1_201, 10));
  });

  it('of one message hold what is over the bound', () => {
    expect(sizes([...messages(1, 10), ...messages(1, 600_000), ...messages(2, 10)])).toEqual([1, 1, 2]);
  });
});

describe('what the client resolves with', () => {
  const answer = { topicName: 't', partition: 2, errorCode: 0 };
  it('must name the partition, once and without an error', () => {
    expect(() => assertStored([answer], 2)).not.toThrow();
  });
  it.each([
    ['nothing, as when a part was never sent', []],
    ['another partition', [{ ...answer, partition: 1 }]],
    ['an error', [{ ...answer, errorCode: 6 }]],
    ['more than was asked', [answer, answer]],
  ])('control: is not believed with %s', (_, answers) => {
    expect(() => assertStored(answers, 2)).toThrow('partition 2');
  });
});
