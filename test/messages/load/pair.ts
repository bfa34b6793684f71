import { createTopicWatch, type TopicWatch } from '../../../libs/messaging/kafka/src/topic-watch.js';
import { createPool, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { createLedgerService, type LedgerService } from '../../crash/service/ledger-service.js';
import { becomesTrue, startKafka, type KafkaCluster } from '../../servers/kafka/index.js';

/** Two instances of the ledger on one database and one broker. */
export type Pair = {
  readonly kafka: KafkaCluster;
  readonly database: TestDatabase;
  readonly pool: Pool;
  /** The first and the last offset of each partition, as the broker says. */
  readonly boundsOf: TopicWatch['bounds'];
  readonly instances: readonly [LedgerService, LedgerService];
  readonly call: (service: LedgerService, method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly stop: () => Promise<void>;
};

export const startPair = async (): Promise<Pair> => {
  const [kafka, database] = await Promise.all([startKafka(), createDatabase()]);
  const env = {
    ...{ DATABASE_URL: database.url, RATE_LIMIT_PER_SECOND: '1000000' },
    ...{ KAFKA_BROKERS: kafka.brokers.join(), KAFKA_PARTITIONS: '6', KAFKA_REPLICAS: '1' },
  };
  const instances = [await createLedgerService(env), await createLedgerService(env)] as const;
  const pool = createPool({ url: database.url, applicationName: 'load-test', max: 2 });
  const watch = createTopicWatch({ brokers: kafka.brokers });
  // The very first start makes the key.
  for (const instance of instances) await instance.start();
  return {
    ...{ kafka, database, pool, boundsOf: watch.bounds, instances, call: callWith(instances[0].key()) },
    stop: async () => {
      await Promise.all(instances.map((instance) => instance.dispose()));
      await Promise.all([pool.end(), watch.close()]);
      await Promise.all([kafka.stop(), database.drop()]);
    },
  };
};

const callWith =
  (key: string): Pair['call'] =>
  async (service, method, path, body) => {
    const answer = await fetch(`${service.url()}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };

/** Waits for what has to come, and says what it waited for when it does not. */
export const demand = async (
  what: string,
  condition: () => boolean | Promise<boolean>,
  millisMax: number,
): Promise<void> => {
  if (!(await becomesTrue(condition, millisMax))) throw new Error(`Not within ${millisMax} ms: ${what}`);
};
