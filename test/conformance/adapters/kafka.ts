import { messagingChecks, messagingSceneOf } from '#testing';
import { kafkaUnderTest } from '../../../libs/messaging/kafka/testing/kafka-under-test.js';
import { checksOf, countOf, type Adapter } from '../suite.js';

/** The topics that it makes stay at the brokers; their names begin with `contract-`. */
export const kafka: Adapter = {
  variable: 'KAFKA_BROKERS',
  count: countOf(messagingChecks),
  open: async (address) => {
    const transport = await kafkaUnderTest(address.split(','));
    return {
      checks: checksOf('messaging', messagingChecks, () => messagingSceneOf(transport)),
      stop: async () => transport.stop?.(),
    };
  },
};
