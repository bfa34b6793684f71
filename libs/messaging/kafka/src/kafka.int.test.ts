import { messagingContract } from '#testing';
import { sharedKafka } from '../../../../test/servers/kafka/index.js';
import { kafkaUnderTest } from '../testing/kafka-under-test.js';

messagingContract('kafka', async () => kafkaUnderTest(await sharedKafka()));
