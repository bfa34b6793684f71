import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedKafka } from '../../../../test/servers/kafka/index.js';
import { kafkaHands, type KafkaHands } from '../testing/kafka-hands.js';
import { ensureTopics, type TopicPlan } from './index.js';
import { settingsOf } from './topics.js';

let brokers: readonly string[];
let hands: KafkaHands;
beforeAll(async () => {
  brokers = await sharedKafka();
  hands = await kafkaHands(brokers);
});
afterAll(() => hands.close());

const plan = (change: Partial<TopicPlan> = {}): TopicPlan => ({
  topic: `topics-${randomUUID()}`,
  partitions: 3,
  replicas: 1,
  kind: 'intake',
  ...change,
});
const says = async (...plans: readonly TopicPlan[]): Promise<readonly string[]> =>
  (await ensureTopics({ brokers }, plans)).map((fault) => fault.says);

describe('topics of ours', () => {
  it('are made with what they need, once, whoever else makes them', async () => {
    const [intake, compacted] = [plan(), plan({ kind: 'compacted', messageBytesMax: 2_000_000 })];
    const made = await Promise.all([says(intake, compacted), says(intake, compacted)]);
    expect([...made, await says(intake, compacted)]).toEqual([[], [], []]);
    const [first, second] = await Promise.all([intake, compacted].map(({ topic }) => settingsOf(hands.admin, topic)));
    expect(first?.get('retention.ms')).toBe(String(14 * 24 * 3_600_000));
    expect(first?.get('cleanup.policy')).toBe('delete');
    expect([second?.get('cleanup.policy'), second?.get('max.message.bytes')]).toEqual(['compact', '2000000']);
  });

  it('that exist otherwise are told, and left as they are', async () => {
    const wanted = plan({ partitions: 4, replicas: 3, messageBytesMax: 2_000_000 });
    const bad = {
      'cleanup.policy': 'compact,delete',
      'retention.ms': 3_600_000,
      'retention.bytes': 1_000_000,
      'unclean.leader.election.enable': 'true',
    };
    await hands.makeTopic(wanted.topic, { partitions: 2, ...bad });
    expect(await says(wanted)).toEqual([
      'it has 2 partitions, not 4',
      'a partition has 1 replicas, not 3',
      expect.stringContaining('cleanup.policy is compact,delete'),
      'retention.ms is 3600000, less than 1209600000',
      expect.stringContaining('retention.bytes is 1000000'),
      'min.insync.replicas is 1, less than 2',
      expect.stringContaining('unclean.leader.election.enable is true'),
      expect.stringContaining('max.message.bytes is 1048588'),
    ]);
    expect((await settingsOf(hands.admin, wanted.topic))?.get('retention.ms')).toBe('3600000');
    expect(await says({ ...wanted, kind: 'compacted' })).toContain('cleanup.policy is compact,delete, not compact');
  });
});
