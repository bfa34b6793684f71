import {
  DeadlineExceededError,
  EventStoreDBClient,
  NO_STREAM,
  NotLeaderError,
  StreamNotFoundError,
  UnavailableError,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startEventStoreServer } from './index.js';
import { collect, credentials, someEvent, useServer, waiting } from './testing.js';

/** What holds of a server in this process and of one in a process of its own, which SIGKILL and SIGSTOP reach. */
describe.each(['in_process', 'child'] as const)('runs %s', (runs) => {
  const { server, connect } = useServer({ runs });

  const append = (client: EventStoreDBClient, stream: string, more: object = {}) =>
    client.appendToStream(stream, someEvent('a'), { credentials, ...more });

  it('answered appends survive a kill and a restart on the same folder and port, again and again', async () => {
    const before = server();
    for (const round of [1, 2, 3]) {
      await append(connect(), 'stock-A');
      await server().kill();
      await expect(append(connect(), 'stock-A')).rejects.toThrow(UnavailableError);
      await server().restart();
      expect(await collect(connect().readStream('stock-A'))).toHaveLength(round);
    }
    expect([server().port, server().folder]).toEqual([before.port, before.folder]);
  });

  it('killed under load: no acknowledged event is lost, none is doubled', async () => {
    const client = connect();
    const acknowledged: string[][] = [];
    let isDown = false;
    const writer = async (stream: string): Promise<void> => {
      const ids = (acknowledged[acknowledged.length] = [] as string[]);
      while (!isDown) {
        const expectedRevision = ids.length === 0 ? NO_STREAM : BigInt(ids.length - 1);
        const event = someEvent('a', randomUUID());
        await client.appendToStream(stream, event, { credentials, expectedRevision }).then(
          () => ids.push(event.id),
          () => (isDown = true),
        );
      }
    };
    const streams = Array.from({ length: 8 }, (_, index) => `stock-${index}`);
    const writers = streams.map(writer);
    await expect.poll(() => acknowledged.every((ids) => ids.length >= 10), waiting).toBe(true);
    await server().kill();
    await Promise.all(writers);
    await server().restart();
    for (const [index, stream] of streams.entries()) {
      const ids = (await collect(connect().readStream(stream))).map(({ event }) => event?.id);
      const known = acknowledged[index]!;
      expect(ids.slice(0, known.length)).toEqual(known);
      // The one under way when the server died may have landed.
      expect(ids.length - known.length).toBeLessThanOrEqual(1);
    }
  });

  it('silent: a classic append ends on time, a batch append waits for as long as the server does', async () => {
    const client = connect();
    await append(client, 'warm');
    await client.appendToStream('warm', someEvent('batch'));
    await server().faults.silence();
    let isSettled = false;
    const pending = client.appendToStream('stock-A', someEvent('a')).finally(() => {
      isSettled = true;
    });
    await expect(append(client, 'stock-B', { deadline: 300 })).rejects.toThrow(DeadlineExceededError);
    expect(isSettled).toBe(false);
    await server().faults.heal();
    expect(await pending).toMatchObject({ success: true });
    expect(await append(client, 'stock-B')).toMatchObject({ success: true });
  });

  it('a silent server can be killed', async () => {
    await append(connect(), 'stock-A');
    await server().faults.silence();
    await server().kill();
    await expect(append(connect(), 'stock-A')).rejects.toThrow(UnavailableError);
    await server().restart();
    expect(await collect(connect().readStream('stock-A'))).toHaveLength(1);
  });

  it('faults are asked for in the same way, and a restart ends them', async () => {
    const { faults, restart } = server();
    const client = connect();
    await append(client, 'warm');
    await faults.refuse({ code: 14, details: 'asked for' }, 'append');
    await expect(append(client, 'stock-A')).rejects.toThrow('asked for');
    await faults.landLate();
    await expect(append(connect(), 'stock-A', { deadline: 1_500 })).rejects.toThrow(DeadlineExceededError);
    await expect.poll(async () => (await collect(connect().readStream('stock-A'))).length, waiting).toBe(1);
    await faults.loseAnswer();
    await expect(append(connect(), 'stock-A')).rejects.toThrow(UnavailableError);
    expect(await collect(connect().readStream('stock-A'))).toHaveLength(2);
    await faults.follow({ host: '127.0.0.1', port: 1 });
    await expect(append(connect(), 'stock-A', { requiresLeader: true })).rejects.toThrow(NotLeaderError);
    await faults.loseLeader();
    await expect(append(connect(), 'stock-A')).rejects.toThrow('Server Is Not Ready');
    await restart();
    await append(connect(), 'stock-A', { requiresLeader: true });
    await expect(collect(connect().readStream('none'))).rejects.toThrow(StreamNotFoundError);
  });

  it('a fault of a server that does not run is an error', async () => {
    await server().kill();
    await expect(server().faults.silence()).rejects.toThrow('call restart() first');
  });
});

it.each(['in_process', 'child'] as const)('TLS and users stay over a restart, %s', async (runs) => {
  const server = await startEventStoreServer({ runs, tls: true });
  await append(EventStoreDBClient.connectionString(server.url));
  await server.restart();
  await append(EventStoreDBClient.connectionString(server.url));
  await server.stop();
});

const append = (client: EventStoreDBClient) => client.appendToStream('stock-A', someEvent('a'), { credentials });
