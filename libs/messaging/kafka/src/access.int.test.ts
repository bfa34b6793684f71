import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authority,
  sharedKafka,
  startKafka,
  type Authority,
  type KafkaCluster,
} from '../../../../test/servers/kafka/index.js';
import { eventually, numbered, uniqueName, valuesOf, watch } from '../testing/kafka-bench.js';
import type { KafkaConnection } from './connection.js';
import { createKafkaSender, ensureTopics, KafkaAccessError } from './index.js';

/* A broker that speaks TLS with a certificate of its own authority, and asks who comes. */

const password = 'right-and-secret';
const wrong = 'wrong-and-secret';

let made: Authority;
let cluster: KafkaCluster;
let secured: KafkaConnection & { readonly ssl: object };
beforeAll(async () => {
  made = await authority();
  const stores = { keyStore: made.serverKeyStore, trustStore: made.certificate };
  cluster = await startKafka({ security: { ...stores, users: { ledger: password } } });
  secured = { brokers: cluster.brokers, ssl: { ca: await readFile(made.certificate, 'utf8') } };
});
afterAll(async () => {
  await cluster.stop();
  await made.remove();
});

type Mechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';
const by = (mechanism: Mechanism, secret = password): Pick<KafkaConnection, 'sasl'> => ({
  sasl: { mechanism, username: 'ledger', password: secret } as NonNullable<KafkaConnection['sasl']>,
});

describe('over TLS', () => {
  it.each(['plain', 'scram-sha-512'] as const)(
    'messages go and come for a user who proves itself by %s',
    async (mechanism) => {
      const connection = { ...secured, ...by(mechanism) };
      const topic = uniqueName('secured');
      await ensureTopics(connection, [{ topic, partitions: 1, replicas: 1, kind: 'intake' }]);
      const sender = createKafkaSender(connection);
      await sender.send(topic, numbered('k', 10));
      await sender.close();
      const { ssl, sasl } = connection;
      const watched = await watch({
        brokers: cluster.brokers,
        topic,
        group: uniqueName('group'),
        settings: { ssl, sasl },
      });
      await eventually('all is handled', () => watched.values.length === 10);
      expect(watched.values).toEqual(valuesOf(numbered('k', 10)));
      await watched.consuming.stop();
    },
  );
});

type Refusal = { readonly name: string; readonly message: string; readonly all: string };

/** What a person hears who comes like that, and everything that is logged meanwhile. */
const refusalOf = async (connection: KafkaConnection): Promise<Refusal> => {
  const logged: unknown[] = [];
  const plans = [{ topic: uniqueName('refused'), partitions: 1, replicas: 1, kind: 'intake' as const }];
  const error: unknown = await ensureTopics({ ...connection, log: (entry) => void logged.push(entry) }, plans).catch(
    (refused: unknown) => refused,
  );
  const { name, message, stack, cause } = error as Error;
  return { name, message, all: JSON.stringify([logged, message, stack, cause]) };
};

describe('who comes otherwise hears what to mend, and reads no secret', () => {
  const cases: readonly (readonly [string, () => KafkaConnection, string])[] = [
    ['with a wrong password', () => ({ ...secured, ...by('plain', wrong) }), 'do not accept the user or its password'],
    ['with a wrong one by SCRAM', () => ({ ...secured, ...by('scram-sha-512', wrong) }), 'do not accept the user'],
    ['by a mechanism not let in', () => ({ ...secured, ...by('scram-sha-256') }), 'do not know the mechanism'],
    ['without the authority', () => ({ ...secured, ssl: true, ...by('plain') }), 'is not trusted: name the authority'],
    ['without TLS', () => ({ brokers: cluster.brokers, ...by('plain') }), 'go down, or expect TLS'],
    ['without a user', () => ({ ...secured }), 'go down, or expect a user'],
    ['over TLS where none is spoken', () => ({ ...secured, brokers: open }), 'speak no TLS at this listener'],
    [
      'as a user where none is asked for',
      () => ({ brokers: open, ...by('plain') }),
      'ask for no user at this listener',
    ],
  ];
  let open: readonly string[];
  let refusals: readonly Refusal[];
  let away: Refusal | undefined;
  /** Each takes its retries: all at the same time. */
  beforeAll(async () => {
    open = await sharedKafka();
    const connections = cases.map(([, connection]) => connection());
    [away, ...refusals] = await Promise.all([{ brokers: ['127.0.0.1:1'] }, ...connections].map(refusalOf));
  });

  it.each(cases.map(([what, , said], index) => ({ what, said, index })))('$what', ({ said, index }) => {
    const { name, message, all } = refusals[index]!;
    expect([name, message]).toEqual([KafkaAccessError.name, expect.stringContaining(said)]);
    expect(all).not.toContain(password);
    expect(all).not.toContain(wrong);
  });

  it('control: brokers that are away are not the fault of the way', () => {
    expect(away?.name).not.toBe(KafkaAccessError.name);
  });
});
