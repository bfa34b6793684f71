import { expect, it } from 'vitest';
import { sharedKafka, startKafka } from '../servers/kafka/index.js';
import { adapters } from './adapters/index.js';
import { runBuilt } from './run-built.js';

it('brokers at KAFKA_BROKERS keep every promise of messages', async () => {
  const { status, lines, last } = runBuilt({ KAFKA_BROKERS: (await sharedKafka()).join() }, 'kafka');
  expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([]);
  expect(last).toBe(`${adapters['kafka']!.count} passed, 0 failed, 0 skipped`);
  expect(status).toBe(0);
});

it('control: a broker that keeps topics which it should delete fails where a topic is made anew', async () => {
  const cluster = await startKafka({ settings: { 'delete.topic.enable': 'false' } });
  try {
    const { status, lines, last } = runBuilt({ KAFKA_BROKERS: cluster.brokers.join() }, 'kafka');
    expect(lines.filter((line) => line.startsWith('FAILED  kafka, messaging: '))).not.toHaveLength(0);
    expect(last).toMatch(/^[1-9]\d* passed, [1-9]\d* failed, 0 skipped$/u);
    expect(status).toBe(1);
  } finally {
    await cluster.stop();
  }
});

it('control: brokers that are away are no success', () => {
  expect(runBuilt({ KAFKA_BROKERS: '127.0.0.1:1' }, 'kafka').status).toBe(1);
});
