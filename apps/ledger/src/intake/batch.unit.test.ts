import { describe, expect, it } from 'vitest';
import type { IncomingMessage } from '#messaging';
import { createMemoryBroker, createMemoryPositions } from '#messaging/memory';
import { createClock } from '#platform';
import { seededRandom } from '#testing';
import type { AlarmStore } from './alarm-store.js';
import { batchHandler } from './batch.js';
import type { DeadLetterStore } from './dead-letter-store.js';
import type { IntakeLedger } from './judge.js';
import { startIntake } from './start-intake.js';
import { intakeTopics } from './topics.js';

const clock = createClock();
const random = seededRandom(1);
const topic = intakeTopics.movements;
const headers = { ce_specversion: '1.0', ce_id: '1', ce_source: 'wms', ce_type: topic };
const receiptOf = (sku: string): string =>
  JSON.stringify({ kind: 'receipt', sku, location: 'wh1', quantity: 1, sourceKey: 'd1' });
const messageOf = (value: string, offset: number): IncomingMessage => ({
  ...{ offset, key: undefined, headers: new Map(Object.entries(headers)) },
  value: Buffer.from(value),
});

/** A ledger whose store is away, and how many questions it was asked. */
const awayLedger = () => {
  const asked: string[] = [];
  const report = (_: unknown, sku: string) => {
    asked.push(sku);
    return Promise.resolve({ kind: 'unavailable', error: new Error('away') });
  };
  return { asked, ledger: { report, clock } as unknown as IntakeLedger };
};
/** The dead letters stand in the same database. */
const awayLetters = () => Promise.reject(new Error('away'));

const noAlarms: AlarmStore = {
  raise: () => Promise.resolve(),
  isRaised: () => Promise.resolve(false),
  settle: () => Promise.resolve(),
};

const until = (condition: () => boolean): Promise<void> => expect.poll(condition).toBe(true);

describe('a batch that cannot be taken in now', () => {
  it('leaves nothing under way behind', async () => {
    const { asked, ledger } = awayLedger();
    let waiting = 0;
    const sleep: typeof clock.sleep = async (millis, signal) => {
      waiting += 1;
      await clock.sleep(millis, signal);
      waiting -= 1;
    };
    const park = async (): Promise<void> => {
      await until(() => waiting === 3);
      throw new Error('away');
    };
    const handle = batchHandler({ ledger, clock: { ...clock, sleep }, random, park });
    const messages = [receiptOf('A'), receiptOf('B'), 'poison', receiptOf('C')].map(messageOf);
    await expect(handle({ topic, partition: 0, messages }, new AbortController().signal)).rejects.toThrow('away');
    expect([waiting, new Set(asked)]).toEqual([0, new Set(['A', 'B', 'C'])]);
  });

  it('does not hold up the end of the intake', async () => {
    const { asked, ledger } = awayLedger();
    const broker = createMemoryBroker({ clock });
    for (const name of Object.values(intakeTopics)) broker.createTopic(name, 1);
    await broker.sender().send(topic, [{ key: 'A', headers, value: receiptOf('A') }]);
    const trouble: unknown[] = [];
    const positions = createMemoryPositions();
    const intake = await startIntake({
      ...{ ledger, consumer: broker.consumer(), sender: broker.sender(), positions, clock, random },
      deadLetters: { park: awayLetters, discarded: () => Promise.resolve(new Set()) } as unknown as DeadLetterStore,
      alarms: noAlarms,
      onAlarm: (alarm) => expect.unreachable(JSON.stringify(alarm)),
      onGoingOn: () => expect.unreachable(),
      onTrouble: (error) => trouble.push(error),
    });
    await until(() => asked.length > 0);
    await intake.stop();
    expect((await positions.load('stock-ledger', topic)).get(0)?.next ?? 0).toBe(0);
    expect(trouble).toEqual([]);
  });
});
