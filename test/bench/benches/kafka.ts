import { setTimeout as wait } from 'node:timers/promises';
import { intakeTopics } from '#apps/ledger';
import type { MessageSender, OutgoingMessage } from '#messaging';
import { createKafkaSender } from '#messaging/kafka';
import { createPool, type Pool } from '#postgres';
import { startKafka } from '../../servers/kafka/start-kafka.js';
import { becomesTrue } from '../../crash/service/becomes-true.js';
import { startBenchService, type BenchService } from '../contestants/service.js';
import { announcedAfter, listen, recordedAfter, toldAfter, type Announced, type Recorded } from '../kafka/listener.js';
import { linesPerOrder, orderMessage, receiptMessage, skuOf } from '../kafka/messages.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { within } from '../support/deadline.js';
import { percentilesOf } from '../support/statistics.js';

const perSecond = 1_000;
/** What comes within this goes out together, as the clients of a broker do: one by one, sender and broker took half the machine. */
const lingerMillis = 5;
const batchMessagesMax = 500;
/** Of all that was sent, until it is taken in, and until it is told. */
const drainMillisMax = 300_000;

type World = {
  readonly service: BenchService;
  readonly sender: MessageSender;
  readonly pool: Pool;
  readonly brokers: readonly string[];
};

export const kafka: Bench = {
  name: 'kafka',
  about: 'orders of 3 lines from a topic to the log, and from the log to messages of availability at 1,000 receipts/s',
  run: async (context) => {
    const { scale, size, say, scope } = context;
    const [skus, orders] = [size(2_000, 20), size(20_000, 50)];
    const world = await start(context);
    const receipts = Array.from({ length: skus }, (_, index) =>
      receiptMessage(`opening-${index}`, skuOf(index, skus), 1_000_000),
    );
    await takenIn(world, intakeTopics.movements, receipts);
    const heard = await listen(world.brokers, scope);
    say('orders');
    const messages = Array.from({ length: orders }, (_, index) => orderMessage(index, skus));
    const seconds = await takenIn(world, intakeTopics.orders, messages);
    say(`${Math.round((orders * linesPerOrder) / seconds)} order lines/s`);
    await settled(world);
    say('receipts at a steady pace');
    await steadily(world, skus, size(2_000, 50));
    const from = await headOf(world.pool);
    const count = await steadily(world, skus, scale.rounds * scale.roundMillis);
    await decided(world.pool, intakeTopics.movements, skus + count);
    await settled(world);
    const recorded = await recordedAfter(world.pool, from);
    await within('the last message', drainMillisMax, toldAll(recorded, heard));
    const announced = percentilesOf((await announcedAfter(recorded, world.pool)).latency);
    const { p50, p99, max } = percentilesOf(toldAfter(recorded, heard).latency);
    return {
      name: 'kafka',
      figures: {
        orders,
        'orders taken in (s)': seconds,
        'recorded to announced p50 (ms)': announced.p50,
        'recorded to announced p99 (ms)': announced.p99,
        'recorded to told p50 (ms)': p50,
        'recorded to told max (ms)': max,
      },
      expectations: [
        { figure: 'order lines a second', value: (orders * linesPerOrder) / seconds, unit: '/s', atLeast: 15_000 },
        { figure: 'recorded to told p99', value: p99, unit: 'ms', atMost: 150 },
      ],
      notes: ['Broker, sender, service and PostgreSQL share the machine; the sender is done before the intake is.'],
    };
  },
};

const start = async ({ server, scope, say }: BenchContext): Promise<World> => {
  say('kafka: starting a broker');
  const cluster = await startKafka();
  scope.add('the broker', cluster.stop);
  const url = await server.createDatabase('bench_kafka');
  const settings = { KAFKA_BROKERS: cluster.brokers.join(), KAFKA_REPLICAS: '1' };
  const service = await startBenchService(url, scope, settings);
  const pool = createPool({ url, applicationName: 'bench kafka', max: 1 });
  scope.add('the pool', () => pool.end());
  const sender = createKafkaSender({ brokers: cluster.brokers });
  scope.add('the sender', () => sender.close());
  return { service, sender, pool, brokers: cluster.brokers };
};

/** Sends them all; how many seconds it took from the first of them until all were in the log. */
const takenIn = async (
  { sender, pool }: World,
  topic: string,
  messages: readonly OutgoingMessage[],
): Promise<number> => {
  // The service makes the topics.
  const [first, ...rest] = messages;
  if (first === undefined) throw new Error('There are messages');
  await becomesTrue(() => sender.send(topic, [first]).then(() => true), drainMillisMax);
  const startedAt = performance.now();
  for (let next = 0; next < rest.length; next += batchMessagesMax)
    await sender.send(topic, rest.slice(next, next + batchMessagesMax));
  await decided(pool, topic, messages.length);
  return (performance.now() - startedAt) / 1_000;
};

/** Resolves when the positions of the intake stand behind so many messages: each is in the log, or was parked. */
const decided = async (pool: Pool, topic: string, messages: number): Promise<void> => {
  const isDecided = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ messages: number }>(
      'SELECT coalesce(sum(next), 0)::bigint AS messages FROM messaging.positions WHERE topic = $1',
      [topic],
    );
    return (rows[0]?.messages ?? 0) >= messages;
  };
  if (!(await becomesTrue(isDecided, drainMillisMax))) throw new Error(`${topic} is not taken in`);
};

/** Resolves when everything is projected, announced and told: what came before stands in nobody's way any more. */
const settled = async ({ service, pool }: World): Promise<void> => {
  await service.settle(drainMillisMax);
  const isTold = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ told: boolean }>(
      `SELECT (SELECT max(sequence) FROM read.outbox) <= (SELECT cursor::bigint FROM read.relay WHERE name = 'availability')
         AND (SELECT max(position) FROM ledger.events JOIN ledger.kinds USING (kind) WHERE name = 'stock')
           <= (SELECT cursor::bigint FROM read.relay WHERE name = 'events') AS told`,
    );
    return rows[0]?.told === true;
  };
  if (!(await becomesTrue(isTold, drainMillisMax))) throw new Error('not everything is told');
};

const askEveryMillis = 500;

const toldAll = async (recorded: readonly Recorded[], heard: readonly Announced[]): Promise<void> => {
  while (toldAfter(recorded, heard).waiting() > 0) await wait(askEveryMillis);
};

const headOf = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ head: number }>('SELECT max(position) AS head FROM ledger.events');
  return rows[0]?.head ?? 0;
};

let receipts = 0;

/** At the world's pace; answers how many receipts have been sent by now in all. */
const steadily = async ({ sender }: World, skus: number, millis: number): Promise<number> => {
  const [startedAt, before] = [performance.now(), receipts];
  for (let now = startedAt; now < startedAt + millis; now = performance.now()) {
    const due = before + Math.floor(((now - startedAt) / 1_000) * perSecond);
    const batch = Array.from({ length: due - receipts }, (_, index) => receipts + index);
    receipts = due;
    await sender.send(
      intakeTopics.movements,
      batch.map((index) => receiptMessage(`steady-${index}`, skuOf(index, skus), 1)),
    );
    await wait(lingerMillis);
  }
  return receipts;
};
