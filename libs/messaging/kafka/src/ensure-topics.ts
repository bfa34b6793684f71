import type { Admin, ITopicMetadata } from 'kafkajs';
import { withAdvice } from './access.js';
import { connect, retryOf, type KafkaConnection } from './connection.js';
import { typeOf } from './errors.js';
import { settingsOf } from './topics.js';

/** A topic as it shall be. */
export type TopicPlan = {
  readonly topic: string;
  readonly partitions: number;
  readonly replicas: number;
  /**
   * - intake: kept for `retentionMs` (14 days unless said) or longer, never compacted
   * - compacted: the newest message of each key is kept for ever
   */
  readonly kind: 'intake' | 'compacted';
  readonly retentionMs?: number;
  /** The largest batch, which bounds the largest message. */
  readonly messageBytesMax?: number;
};

/** What an existing topic has otherwise than planned, for a person to decide: nothing of it is changed by us. */
export type TopicFault = { readonly topic: string; readonly says: string };

const dayMs = 24 * 60 * 60 * 1_000;
/** An intake that stands still over a long weekend and a week of looking for the reason loses nothing. */
export const retentionMsMin = 14 * dayMs;

/**
 * Makes the topics that are not there, and says what is wrong with those that are.
 *
 * @throws KafkaAccessError, and when no broker can be asked, or will make the topic
 * @example const faults = await ensureTopics({ brokers }, [{ topic: 'stock.orders.v1', partitions: 6, replicas: 3, kind: 'intake' }]);
 */
export const ensureTopics = async (
  connection: KafkaConnection,
  plans: readonly TopicPlan[],
): Promise<readonly TopicFault[]> => {
  const admin = connect(connection, retryOf(5)).admin();
  try {
    await admin.connect();
    const faults: TopicFault[] = [];
    for (const plan of plans) faults.push(...(await ensure(admin, plan)));
    return faults;
  } catch (error) {
    throw withAdvice(error, connection);
  } finally {
    await admin.disconnect();
  }
};

const ensure = async (admin: Admin, plan: TopicPlan): Promise<readonly TopicFault[]> => {
  const settings = (await settingsOf(admin, plan.topic)) ?? (await make(admin, plan));
  if (settings === 'made') return [];
  const { topics } = await admin.fetchTopicMetadata({ topics: [plan.topic] });
  const says = [...shapeFaults(plan, topics[0]), ...settingFaults(plan, settings ?? new Map())];
  return says.map((text) => ({ topic: plan.topic, says: text }));
};

/** Another process may make it at the same moment: then it is looked at like any other. */
const make = async (admin: Admin, plan: TopicPlan): Promise<'made' | ReadonlyMap<string, string> | undefined> => {
  const configEntries = [...settingsPlanned(plan)].map(([name, value]) => ({ name, value }));
  const wanted = {
    topic: plan.topic,
    numPartitions: plan.partitions,
    replicationFactor: plan.replicas,
    configEntries,
  };
  try {
    // Not waited for: a broker that has not heard of the topic yet would make an error of it.
    if (await admin.createTopics({ topics: [wanted], waitForLeaders: false })) return 'made';
  } catch (error) {
    if (typeOf(error) !== 'TOPIC_ALREADY_EXISTS') throw error;
  }
  return settingsOf(admin, plan.topic);
};

const settingsPlanned = (plan: TopicPlan): ReadonlyMap<string, string> =>
  new Map([
    ['cleanup.policy', plan.kind === 'compacted' ? 'compact' : 'delete'],
    // A message that one replica alone has is lost with it.
    ['min.insync.replicas', String(inSyncOf(plan))],
    ['unclean.leader.election.enable', 'false'],
    ...(plan.kind === 'intake' ? ([['retention.ms', String(retentionOf(plan))]] as const) : []),
    ...(plan.messageBytesMax === undefined ? [] : ([['max.message.bytes', String(plan.messageBytesMax)]] as const)),
  ]);

const retentionOf = ({ retentionMs }: TopicPlan): number => retentionMs ?? retentionMsMin;
const inSyncOf = ({ replicas }: TopicPlan): number => (replicas > 2 ? 2 : 1);

const shapeFaults = ({ partitions, replicas }: TopicPlan, found: ITopicMetadata | undefined): readonly string[] => {
  const count = found?.partitions.length ?? 0;
  const least = Math.min(...(found?.partitions ?? []).map((partition) => partition.replicas.length));
  return [
    // More or fewer: keys move to other partitions, and with them their order.
    ...(count === partitions ? [] : [`it has ${count} partitions, not ${partitions}`]),
    ...(least < replicas ? [`a partition has ${least} replicas, not ${replicas}`] : []),
  ];
};

const settingFaults = (plan: TopicPlan, found: ReadonlyMap<string, string>): readonly string[] => {
  const numberOf = (name: string): number => Number(found.get(name));
  const policy = found.get('cleanup.policy') ?? '';
  const isCompacted = policy.split(',').includes('compact');
  const retention = numberOf('retention.ms');
  const faults: readonly (readonly [boolean, string])[] = [
    [plan.kind === 'intake' && isCompacted, `cleanup.policy is ${policy}: an intake loses messages to compaction`],
    [plan.kind === 'compacted' && policy !== 'compact', `cleanup.policy is ${policy}, not compact`],
    [
      plan.kind === 'intake' && retention >= 0 && retention < retentionOf(plan),
      `retention.ms is ${retention}, less than ${retentionOf(plan)}`,
    ],
    [
      plan.kind === 'intake' && numberOf('retention.bytes') >= 0,
      `retention.bytes is ${found.get('retention.bytes')}: messages go by size, before their time`,
    ],
    [
      numberOf('min.insync.replicas') < inSyncOf(plan),
      `min.insync.replicas is ${found.get('min.insync.replicas')}, less than ${inSyncOf(plan)}`,
    ],
    [
      found.get('unclean.leader.election.enable') === 'true',
      'unclean.leader.election.enable is true: acknowledged messages may be lost',
    ],
    [
      plan.messageBytesMax !== undefined && numberOf('max.message.bytes') < plan.messageBytesMax,
      `max.message.bytes is ${found.get('max.message.bytes')}, less than ${plan.messageBytesMax}`,
    ],
  ];
  return faults.filter(([isWrong]) => isWrong).map(([, says]) => says);
};
