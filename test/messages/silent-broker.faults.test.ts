import { afterAll, beforeAll, expect, it } from 'vitest';
import { startKafka, type KafkaCluster } from '../servers/kafka/index.js';
import { setUpShop, startServer, type LedgerServer } from '../e2e/harness.js';
import { demand } from './load/pair.js';
import { readConfig, type Logger } from '#platform';

/* A broker that stays connected and says nothing must not keep the ledger from its end. */

const waitMillisMax = 60_000;
/** What is bounded by 10 s, on a machine that does much else. A send alone would take a minute. */
const stopMillisMax = 30_000;

let kafka: KafkaCluster;
let server: LedgerServer | undefined;
const said: string[] = [];
const logger: Logger = Object.fromEntries(
  ['debug', 'info', 'warn', 'error'].map((level) => [level, (message: string) => void said.push(message)]),
) as unknown as Logger;

beforeAll(async () => {
  kafka = await startKafka();
  const env = { KAFKA_BROKERS: kafka.brokers.join(), KAFKA_REPLICAS: '1', KAFKA_PARTITIONS: '2' };
  expect(readConfig(env).kafkaBrokers).toHaveLength(1);
  server = await startServer({ env, logger });
}, 120_000);
afterAll(async () => {
  kafka.resume(1);
  await kafka.stop();
}, 60_000);

it('ends in time while a send to it is under way', async () => {
  const { call, services, stop } = server!;
  await setUpShop(server!);
  const relayed = async (): Promise<number> => {
    const { rows } = await services.pool.query<{ told: number }>(
      `SELECT cursor::bigint AS told FROM read.relay WHERE name = 'events'`,
    );
    return rows[0]?.told ?? 0;
  };
  await demand('the relay tells', async () => (await relayed()) > 0, waitMillisMax);
  kafka.silence(1);
  const body = { kind: 'receipt', sku: 'B', location: 'wh1', quantity: 1, sourceKey: 'late' };
  expect((await call('POST', '/v1/movements', { body })).status).toBe(200);
  await services.availability.caughtUpTo((await services.store.head()) ?? '');
  let hasEnded = false;
  const ended = stop().then(() => (hasEnded = true));
  await demand('it has ended', () => hasEnded, stopMillisMax);
  await ended;
  expect(said).toContain('Messages have not ended in time: a broker is silent. What was under way comes again');
}, 180_000);
