import assert from 'node:assert/strict';
import type { Admin } from 'kafkajs';
import { becomesTrue } from '../../../../test/crash/service/becomes-true.js';
import { connect, retryOf } from '../src/connection.js';
import type { ConsumerTimings } from '../src/options.js';

/** For tests: what is waited for comes soon. */
export const quickTimings: Partial<ConsumerTimings> = {
  sessionMs: 6_000,
  heartbeatMs: 500,
  rebalanceMs: 10_000,
  fetchWaitMs: 50,
  lookMs: 500,
  verifyMs: 1_000,
  alarmedPollMs: 200,
  commitMs: 200,
  stallMsMax: 4_000,
  backoffMsMin: 20,
  backoffMsMax: 1_000,
};

export type TopicSettings = { readonly partitions?: number; readonly replicas?: number } & Readonly<
  Record<string, string | number>
>;

/** What operators and strangers do to a broker. */
export type KafkaHands = {
  readonly admin: Admin;
  readonly makeTopic: (topic: string, settings?: TopicSettings) => Promise<void>;
  readonly deleteTopic: (topic: string) => Promise<void>;
  /** What retention does: everything below an offset of a partition is gone. */
  readonly trim: (topic: string, below: number, partition?: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

const settleMillisMax = 20_000;

export const kafkaHands = async (brokers: readonly string[]): Promise<KafkaHands> => {
  const admin = connect({ brokers }, retryOf(8)).admin();
  await admin.connect();
  const deleteTopic = async (topic: string): Promise<void> => {
    await admin.deleteTopics({ topics: [topic] });
    await becomesTrue(async () => !(await admin.listTopics()).includes(topic), settleMillisMax);
  };
  return {
    admin,
    makeTopic: async (topic, { partitions = 1, replicas = 1, ...settings } = {}) => {
      const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value: String(value) }));
      const wanted = { topic, numPartitions: partitions, replicationFactor: replicas, configEntries };
      // To wait for leaders fails at a broker that has not heard of the topic yet.
      await admin.createTopics({ topics: [wanted], waitForLeaders: false });
      const isThere = async (): Promise<boolean> => (await admin.fetchTopicOffsets(topic)).length === partitions;
      assert.ok(await becomesTrue(isThere, settleMillisMax), 'the topic is there');
    },
    deleteTopic,
    trim: async (topic, below, partition = 0) => {
      // The client finds the partition's leader only in what it has asked for before.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(below) }] });
    },
    close: () => admin.disconnect(),
  };
};
