import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayTopics } from '#apps/availability';
import { deadLetterTopicOf, intakeTopics } from '#apps/ledger';
import type { RecordedEvent } from '#event-sourcing';
import { readLog, streamsOf } from '../crash/checks/read-log.js';
import { twiceOf } from '../crash/checks/twice.js';
import { balancesIn } from './load/balances-in.js';
import { oracleOf, type Balance } from './load/oracle.js';
import { idOf } from './load/plan.js';
import { readTopic, textOf, type Stored } from './load/read-topic.js';
import { runLoad, type LoadRun } from './load/run-load.js';

/*
 * Two instances on one database and a real broker, all three killed again and again while messages come twice, out of order
 * and with poison among them. In the end every number is what arithmetic over the messages says.
 */

const number = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);
const seed = number('LEDGER_TEST_SEED', 1);
const size = { messages: number('LEDGER_LOAD_MESSAGES', 20_000), poison: 200, skus: 300 };
const kills = number('LEDGER_LOAD_KILLS', 8);
const runMillisMax = 1_800_000;

let run: LoadRun | undefined;
let log: readonly RecordedEvent[] = [];
const topics = new Map<string, readonly Stored[]>();

beforeAll(async () => {
  const began = performance.now();
  const say = (text: string): void => console.log(`${Math.round((performance.now() - began) / 1_000)} s: ${text}`);
  console.log('load test:', { seed, ...size, kills });
  run = await runLoad({ ...size, seed, kills, brokerKills: 2 }, say);
  log = await readLog(run.pair.pool);
  for (const topic of [...Object.values(intakeTopics), ...Object.values(relayTopics), letterTopic])
    topics.set(topic, await readTopic(run.pair.kafka.brokers, topic));
  say(`read: ${JSON.stringify([...topics].map(([topic, { length }]) => [topic, length]))}`);
}, runMillisMax);
afterAll(() => run?.pair.stop());

const letterTopic = deadLetterTopicOf(intakeTopics.movements);
const theRun = (): LoadRun => {
  if (run === undefined) throw new Error('the run has failed');
  return run;
};
const storedIn = (topic: string): readonly Stored[] => topics.get(topic) ?? [];
const sorted = <Value>(values: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] =>
  [...values].toSorted(([a], [b]) => (a < b ? -1 : 1));

type Told = { readonly key: string; readonly body: Readonly<Record<string, unknown>> };
const toldOn = (topic: string): readonly Told[] =>
  storedIn(topic).map(({ key, value }) => ({
    key: textOf(key),
    body: JSON.parse(textOf(value)) as Record<string, unknown>,
  }));

/** Where each number of a key came first: what is sent again stands behind what it repeats. */
const firstsOf = (told: readonly Told[], field: string): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, Set<number>>();
  for (const { key, body } of told) found.set(key, (found.get(key) ?? new Set()).add(body[field] as number));
  return new Map([...found].map(([key, numbers]) => [key, [...numbers]]));
};

const grows = (numbers: readonly number[]): boolean =>
  numbers.every((one, index) => index === 0 || one > (numbers[index - 1] ?? 0));

describe('two instances on Kafka that are killed under load', () => {
  it('have had every message at least twice, of keys in any order', () => {
    const ids = [...Object.values(intakeTopics)].flatMap((topic) =>
      storedIn(topic).map(({ headers }) => headers.get('ce_id')),
    );
    const counts = new Map<string | undefined, number>();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    const { planned } = theRun();
    expect(counts.size).toBe(size.messages);
    expect(planned.filter(({ message }) => (counts.get(idOf(message)) ?? 0) < 2)).toEqual([]);
    expect(theRun().takeovers).toHaveLength(kills);
    const inTheMiddle = theRun().takeovers.filter(({ partitionsBehind }) => partitionsBehind > 0);
    expect(inTheMiddle.length, 'kills with messages waiting').toBeGreaterThan(kills / 2);
  });

  it('lose no message and apply none twice: every balance is what the messages come to', async () => {
    const oracle = oracleOf(theRun().planned);
    expect(oracle.size).toBe(size.skus);
    expect(sorted(await balancesIn(theRun().pair.pool))).toEqual(sorted(oracle));
    expect(twiceOf(streamsOf(log))).toEqual([]);
  });

  it('tell every event of every SKU, in its order and without a gap', () => {
    const told = firstsOf(toldOn(relayTopics.events), 'revision');
    const streams = [...streamsOf(log)].filter(([stream]) => stream.startsWith('stock-'));
    const recorded = new Map(
      streams.map(([stream, events]) => [stream.slice('stock-'.length), events.map(({ revision }) => revision)]),
    );
    expect(sorted(told)).toEqual(sorted(recorded));
  });

  it('tell what may be sold with sequences that grow, and last what is so', () => {
    const told = toldOn(relayTopics.availability);
    const astray = [...firstsOf(told, 'sequence')].filter(([, sequences]) => !grows(sequences));
    expect(astray).toEqual([]);
    const last = new Map(told.map(({ key, body }) => [key, body['atp']]));
    const wanted = [...oracleOf(theRun().planned)].map(([sku, units]) => [`web:${sku}`, atpOf(units)] as const);
    expect(sorted(last)).toEqual(sorted(new Map(wanted)));
  });

  it('park the poison, each time it comes, and nothing else', async () => {
    const poison = new Set(
      theRun().planned.flatMap(({ told, message }) => (told.kind === 'poison' ? [idOf(message)] : [])),
    );
    const came = storedIn(intakeTopics.movements).filter(({ headers }) => poison.has(headers.get('ce_id') ?? ''));
    const places = came.map(({ partition, offset }) => `${partition}/${offset}`).toSorted();
    const { rows } = await theRun().pair.pool.query<{ place: string }>(
      `SELECT partition || '/' || "offset" AS place FROM intake.dead_letter ORDER BY partition, "offset"`,
    );
    expect(rows.map(({ place }) => place).toSorted()).toEqual(places);
    const letters = toldOn(letterTopic).map(({ body }) => body['origin'] as { partition: number; offset: number });
    expect([...new Set(letters.map(({ partition, offset }) => `${partition}/${offset}`))].toSorted()).toEqual(places);
    expect(poison.size).toBe(size.poison);
  });
});

const atpOf = ({ onHand, committed }: Balance): number => onHand - committed;

describe('control', () => {
  it.each(['receipt', 'order'] as const)('balances without one %s are others', async (kind) => {
    const { planned, pair } = theRun();
    const last = planned.findLast(({ told }) => told.kind === kind);
    const less = planned.filter(({ told }) => told.kind === 'poison' || told.key !== last?.told.key);
    expect(sorted(await balancesIn(pair.pool))).not.toEqual(sorted(oracleOf(less)));
  });

  it('a message that is applied twice is found', () => {
    expect(twiceOf(streamsOf([...log, ...log.filter(({ type }) => type === 'StockReceived').slice(0, 1)]))).not.toEqual(
      [],
    );
  });

  it('sequences that go back are found, repeats are none', () => {
    const told = (...numbers: readonly number[]): readonly Told[] =>
      numbers.map((sequence) => ({ key: 'k', body: { sequence } }));
    expect(grows(firstsOf(told(1, 2, 3, 2, 3, 4), 'sequence').get('k') ?? [])).toBe(true);
    expect(grows(firstsOf(told(1, 3, 2), 'sequence').get('k') ?? [])).toBe(false);
  });
});
