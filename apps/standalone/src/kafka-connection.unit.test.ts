import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, silentLogger } from '#platform';
import { connectionOf, type KafkaConfig } from './kafka-connection.js';

const connectionWith = (environment: Readonly<Record<string, string>>) => {
  const config = readConfig({ KAFKA_BROKERS: 'kafka-1:9093', ...environment });
  const { log: _log, ...connection } = connectionOf(config as KafkaConfig, silentLogger);
  return connection;
};
const brokers = ['kafka-1:9093'];

describe('settings of Kafka', () => {
  it('are handed to its client', async () => {
    expect(connectionWith({})).toEqual({ brokers });
    expect(connectionWith({ KAFKA_TLS: 'true' })).toEqual({ brokers, ssl: true });
    const sasl = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_USERNAME: 'ledger', KAFKA_PASSWORD: 'secret' };
    expect(connectionWith(sasl)).toEqual({
      ...{ brokers, sasl: { mechanism: 'scram-sha-512', username: 'ledger', password: 'secret' } },
    });
    const folder = await mkdtemp(join(tmpdir(), 'stock-ledger-ca-'));
    const file = join(folder, 'ca.pem');
    await writeFile(file, 'the authority');
    expect(connectionWith({ KAFKA_TLS: 'true', KAFKA_CA_FILE: file })).toEqual({
      brokers,
      ssl: { ca: 'the authority' },
    });
    await rm(folder, { recursive: true });
  });

  it.each([
    [{ KAFKA_TLS: 'true', KAFKA_CA_FILE: '/nowhere/ca.pem' }, 'KAFKA_CA_FILE /nowhere/ca.pem cannot be read.'],
    [{ KAFKA_CA_FILE: '/nowhere/ca.pem' }, 'KAFKA_CA_FILE is for TLS: set KAFKA_TLS=true.'],
    [
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'ledger' },
      'KAFKA_SASL_MECHANISM needs KAFKA_USERNAME and KAFKA_PASSWORD.',
    ],
  ])('control: %j is refused with what to set', (environment, message) => {
    expect(() => connectionWith(environment)).toThrow(new ConfigError(message));
  });
});
