import { ConfigError, type Config } from '#platform';
import { streamPrefixes } from './engine.js';

/** What brokers take as the name of a topic, and room for the longest of ours within their 249 characters. */
const topicPrefixShape = /^[A-Za-z0-9._-]{0,200}$/u;

/**
 * Several ledgers on one server are told apart by what stands before their names. A namespace that holds the beginning of a
 * stream's name would make its streams those of the ledger whose namespace is what stands before that: `stock-eu.` beside
 * a ledger without one. Topics are followed by their whole names, of which none ends like another: any prefix will do.
 *
 * @throws ConfigError
 */
export const keepApart = ({ eventStoreDbNamespace: namespace, kafkaTopicPrefix }: Config): void => {
  const within = streamPrefixes.find((prefix) => namespace.includes(prefix));
  if (within !== undefined)
    throw new ConfigError(
      `EVENTSTOREDB_NAMESPACE must not hold ${within}: another ledger there would take these streams for its own.`,
    );
  if (!topicPrefixShape.test(kafkaTopicPrefix))
    throw new ConfigError('KAFKA_TOPIC_PREFIX must be letters, digits, dots, dashes and underscores, 200 at most.');
};
