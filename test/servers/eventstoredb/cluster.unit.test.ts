import {
  EventStoreDBClient,
  NO_STREAM,
  NotLeaderError,
  UnavailableError,
  WrongExpectedVersionError,
  jsonEvent,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startEventStoreCluster, type EventStoreCluster } from './index.js';
import { collect, credentials, someEvent, waiting } from './testing.js';

let cluster: EventStoreCluster;
let clients: EventStoreDBClient[];
beforeEach(async () => {
  clients = [];
  cluster = await startEventStoreCluster();
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.dispose()));
  await cluster.stop();
});

const connect = (url = cluster.url): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(url);
  clients.push(client);
  return client;
};
const atLeader = { credentials, requiresLeader: true };
/** Bounds how long a writer waits for a node that has gone. */
const impatient = { ...atLeader, deadline: 500 };

it('a client that prefers the leader finds it, and every node has what was appended', async () => {
  await connect().appendToStream('stock-A', someEvent('a'), atLeader);
  for (const { host, port } of cluster.nodes) {
    const node = connect(`esdb://${host}:${port}?tls=false`);
    expect(await collect(node.readStream('stock-A'))).toHaveLength(1);
  }
});

it('a follower is asked: NotLeaderError, and the client goes to the leader by itself', async () => {
  const [leader, follower] = cluster.nodes;
  const client = connect(`esdb://${follower!.host}:${follower!.port}?tls=false`);
  await expect(client.appendToStream('stock-A', someEvent('a'), atLeader)).rejects.toMatchObject({
    constructor: NotLeaderError,
    leader: { address: leader!.host, port: leader!.port },
  });
  expect(await client.appendToStream('stock-A', someEvent('a'), atLeader)).toMatchObject({ success: true });
});

it('without a leader: UnavailableError "Server Is Not Ready", reads: NotLeaderError', async () => {
  const [leader, follower] = cluster.nodes;
  const client = connect(`esdb://${follower!.host}:${follower!.port}?tls=false`);
  await cluster.kill(leader!);
  expect(cluster.leader()).toBeUndefined();
  const read = collect(client.readStream('stock-A', { requiresLeader: true }));
  await expect(read).rejects.toMatchObject({ constructor: NotLeaderError, leader: { port: leader!.port } });
  const other = connect(`esdb://${follower!.host}:${follower!.port}?tls=false`);
  await expect(other.appendToStream('stock-A', someEvent('a'), atLeader)).rejects.toThrow(UnavailableError);
});

it('leaders are killed under eight writers: no acknowledged event is lost or doubled, and they go on by themselves', async () => {
  const client = connect(`${cluster.url}&maxDiscoverAttempts=1`);
  let isOver = false;
  let acknowledged = 0;
  /** Writes numbers one after the other; what failed is asked again with the same id at the same revision. */
  const writer = async (stream: string): Promise<number> => {
    for (let revision = -1n; ;) {
      if (isOver) return Number(revision) + 1;
      const event = jsonEvent({ id: randomUUID(), type: 'number', data: { number: Number(revision) + 1 } });
      const expectedRevision = revision < 0n ? NO_STREAM : revision;
      for (let isStored = false; !isStored;) {
        isStored = await client.appendToStream(stream, event, { ...impatient, expectedRevision }).then(
          () => true,
          (error: unknown) => {
            if (error instanceof WrongExpectedVersionError) throw error;
            return false;
          },
        );
      }
      revision += 1n;
      acknowledged += 1;
    }
  };
  const streams = Array.from({ length: 8 }, (_, index) => `stock-${index}`);
  const writers = Promise.all(streams.map(writer));
  const goOn = async () => {
    const before = acknowledged;
    await expect.poll(() => acknowledged, waiting).toBeGreaterThan(before + 24);
  };
  const [first, second, third] = cluster.nodes;
  await goOn();
  await cluster.kill(first!);
  cluster.elect(second!);
  await goOn();
  await cluster.restart(first!);
  await cluster.kill(second!);
  cluster.elect(third!);
  await goOn();
  isOver = true;
  const counts = await writers;
  const { host, port } = cluster.leader()!;
  const reader = connect(`esdb://${host}:${port}?tls=false`);
  for (const [index, stream] of streams.entries()) {
    const numbers = (await collect(reader.readStream(stream))).map(({ event }) => event?.data);
    expect(numbers).toEqual(Array.from({ length: counts[index]! }, (_, number) => ({ number })));
  }
});
