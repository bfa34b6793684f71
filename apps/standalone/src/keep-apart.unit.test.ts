import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relayTopics } from '#apps/availability';
import { deadLetterTopicOf, intakeTopics } from '#apps/ledger';
import { ConfigError, readConfig } from '#platform';
import { streamPrefixes } from './engine.js';
import { keepApart } from './keep-apart.js';

const isTaken = (namespace: string): boolean => {
  try {
    keepApart(readConfig({ EVENTSTOREDB_NAMESPACE: namespace }));
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return false;
  }
};

/** Text that is likely to look like the beginning of a stream. */
const piece = fc.constantFrom(...streamPrefixes, 'a', 'stock', '-', 'order', '.', 'k-', 'eu');
const namespace = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const stream = fc.tuple(fc.constantFrom(...streamPrefixes), fc.constantFrom('1', 'stock-1', '-'));

const isSeenBy = (own: string, name: string): boolean => streamPrefixes.some((prefix) => name.startsWith(own + prefix));

describe('ledgers on one server', () => {
  it('never see each other’s streams, whatever namespaces they are given', () => {
    fc.assert(
      fc.property(namespace, namespace, stream, (one, other, [prefix, rest]) => {
        fc.pre(one !== other && isTaken(one) && isTaken(other));
        expect(isSeenBy(one, other + prefix + rest)).toBe(false);
      }),
    );
  });

  it('control: a namespace that is refused would be seen', () => {
    expect(isTaken('stock-eu.')).toBe(false);
    expect(isSeenBy('', 'stock-eu.stock-1')).toBe(true);
  });

  it('never share a topic, whatever prefixes they are given', () => {
    const intake = Object.values(intakeTopics);
    const topics = [...intake, ...intake.map(deadLetterTopicOf), ...Object.values(relayTopics)];
    const prefix = fc
      .array(fc.constantFrom(...topics, 'a', '.', 'a.b', 'stock.', 'stock'), { maxLength: 3 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(prefix, prefix, (one, other) => {
        fc.pre(one !== other);
        const names = new Set(topics.map((topic) => one + topic));
        expect(topics.filter((topic) => names.has(other + topic))).toEqual([]);
      }),
    );
  });

  it('are not given a prefix that no broker takes', () => {
    expect(() => keepApart(readConfig({ KAFKA_TOPIC_PREFIX: 'a b' }))).toThrow(ConfigError);
    expect(() => keepApart(readConfig({ KAFKA_TOPIC_PREFIX: 'eu.shop-1_' }))).not.toThrow();
  });
});
