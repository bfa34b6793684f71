import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SendUnavailableError } from '#messaging';
import { machineClock } from '#testing';
import { createDatabase } from '#testing/postgres';
import { type Proxy, startProxy } from '../../../event-store/postgres/testing/proxy.js';
import { createTransport, type Transport } from '../testing/transport.js';
import { createPostgresMessaging, type PostgresMessaging } from './postgres-messaging.js';

let transport: Transport;
let proxy: Proxy;
let behind: PostgresMessaging;
beforeAll(async () => {
  transport = await createTransport(await createDatabase());
  proxy = await startProxy(transport.serviceUrl);
  behind = createPostgresMessaging({ url: proxy.url, clock: machineClock });
});
afterAll(async () => {
  await behind.close();
  await proxy.close();
  await transport.drop();
});

const message = (value: string) => ({ key: 'key', headers: {}, value });

const until = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It never came true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const follow = async (topic: string) => {
  const [values, troubles]: [string[], unknown[]] = [[], []];
  const consuming = await behind.consumer.consume({
    group: 'group',
    topics: [topic],
    positions: behind.positions,
    handle: ({ messages }) => {
      values.push(...messages.map(({ value }) => Buffer.from(value ?? []).toString()));
      return Promise.resolve();
    },
    onAlarm: (alarm) => void troubles.push(alarm),
    onTrouble: (error) => void troubles.push(error),
  });
  return { values, troubles, consuming };
};

describe('a server that is away', () => {
  it('is unavailable to a sender, and found again by itself', async () => {
    await behind.sender.send('away', [message('1')]);
    proxy.set('refuse');
    await expect(behind.sender.send('away', [message('2')])).rejects.toBeInstanceOf(SendUnavailableError);
    proxy.set('open');
    await behind.sender.send('away', [message('3')]);
    const { values, consuming } = await follow('away');
    await until(() => values.includes('3'));
    expect(values.filter((value) => value !== '2')).toEqual(['1', '3']);
    await consuming.stop();
  });

  it('answers late or never: nobody knows, and the message may be there', async () => {
    await behind.sender.send('lost', [message('1')]);
    proxy.set('lose_answers');
    await expect(behind.sender.send('lost', [message('2')])).rejects.toBeInstanceOf(SendUnavailableError);
    proxy.set('open');
    await behind.sender.send('lost', [message('2')]);
    const { values, consuming } = await follow('lost');
    await until(() => values.length >= 3);
    expect(values).toEqual(['1', '2', '2']);
    await consuming.stop();
  });

  it('is trouble to a consumer and no end: it goes on, and misses nothing', async () => {
    await behind.sender.send('followed', [message('1')]);
    const { values, troubles, consuming } = await follow('followed');
    await until(() => values.includes('1'));
    proxy.set('refuse');
    await until(() => troubles.length > 0);
    await transport.one.sender.send('followed', [message('2'), message('3')]);
    proxy.set('open');
    await until(() => values.includes('3'));
    expect([...new Set(values)]).toEqual(['1', '2', '3']);
    await consuming.stop();
  });

  it('is no hindrance to stopping', async () => {
    const { troubles, consuming } = await follow('stopped');
    proxy.set('refuse');
    await until(() => troubles.length > 0);
    await consuming.stop();
    proxy.set('open');
  });
});
