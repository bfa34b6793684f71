import type { Admin, ConfigResourceTypes } from 'kafkajs';

/** A topic, as the protocol counts resources. Node cannot import the client's name for it: its module is CommonJS. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum is there as a type alone
const topicResource = 2 as ConfigResourceTypes.TOPIC;

/** A topic that is not fit to be followed as an intake. */
export class UnfitTopicError extends Error {
  override readonly name = 'UnfitTopicError';
}

/** Settings of a topic as the brokers have them; undefined where there is no such topic. */
export const settingsOf = async (admin: Admin, topic: string): Promise<ReadonlyMap<string, string> | undefined> => {
  if (!(await admin.listTopics()).includes(topic)) return undefined;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: topicResource, name: topic }],
  });
  return new Map(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]));
};

/**
 * Refuses compacted topics of others. Their producers may be idempotent; of such a producer's last batch the cleaner
 * keeps an empty one, and this client asks for it again for ever, without an error, when a fetch brings nothing else.
 *
 * @throws UnfitTopicError
 */
export const assertFit = async (admin: Admin, topics: readonly string[], own: readonly string[]): Promise<void> => {
  for (const topic of topics.filter((name) => !own.includes(name))) {
    const policy = (await settingsOf(admin, topic))?.get('cleanup.policy') ?? '';
    if (!policy.split(',').includes('compact')) continue;
    throw new UnfitTopicError(
      `${topic} has cleanup.policy=${policy} and cannot be an intake: the cleaner may leave empty batches of idempotent ` +
        'producers behind, at which this consumer would stand still without an error. Set cleanup.policy=delete, or ' +
        'copy what is needed to a topic that has it.',
    );
  }
};
