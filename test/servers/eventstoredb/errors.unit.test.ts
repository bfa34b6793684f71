import {
  AccessDeniedError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  UnavailableError,
  UnknownError,
  binaryEvent,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { describe, expect, it } from 'vitest';
import { startEventStoreServer, type EventStoreServer, type User } from './index.js';
import { collect, credentials, optionsOf, someEvent, useServer, type Path, waiting } from './testing.js';

const paths: readonly Path[] = ['classic', 'batch'];

/** The reference's errors that have their cause in the server or on the way to it, as the client throws them. */
describe('on a server without TLS', () => {
  const { server, connect } = useServer();

  /** A client whose connection stands, so that what a test does next meets an open one. */
  const connected = async (parameters = ''): Promise<EventStoreDBClient> => {
    const client = connect(`${server().url}${parameters}`);
    await client.appendToStream('warm', someEvent('warm'));
    return client;
  };
  const append = (client: EventStoreDBClient, path: Path, more: object = {}, stream = 'stock-A') =>
    client.appendToStream(stream, someEvent('a'), { ...optionsOf(path), ...more });
  const stored = async (stream = 'stock-A'): Promise<number> => {
    const all = await collect(connect().readAll());
    return all.filter(({ event }) => event?.streamId === stream).length;
  };

  const sized = (bytes: number) => binaryEvent({ type: 'four', data: new Uint8Array(bytes - 8 - 2), metadata: mark });
  const mark = Uint8Array.of(1, 2);

  it.each(paths)('append over 1,048,576 bytes in all, %s: MaxAppendSizeExceededError', async (path) => {
    const client = connect();
    const half = 524_288;
    const fits = client.appendToStream('stock-A', [sized(half), sized(half)], optionsOf(path));
    expect(await fits).toMatchObject({ nextExpectedRevision: 1n });
    const tooLarge = client.appendToStream('stock-A', [sized(half), sized(half + 1)], optionsOf(path));
    await expect(tooLarge).rejects.toMatchObject({
      constructor: MaxAppendSizeExceededError,
      maxAppendSize: 1_048_576,
      ...(path === 'classic' && { code: 3 }),
    });
    expect(await stored()).toBe(2);
  });

  it('deadline, classic: DeadlineExceededError on time, and the append lands afterwards', async () => {
    const client = await connected();
    await server().faults.landLate();
    await expect(append(client, 'classic', { deadline: 500 })).rejects.toThrow(DeadlineExceededError);
    await expect.poll(() => stored(), waiting).toBe(1);
    expect(await append(client, 'classic')).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('deadline, batch: the server says that it has passed, and the append lands afterwards', async () => {
    const client = await connected();
    await server().faults.landLate();
    await expect(append(client, 'batch', { deadline: 50 })).rejects.toThrow(DeadlineExceededError);
    await expect.poll(() => stored(), waiting).toBe(1);
  });

  it('deadline, batch: none at the client; with a silent server the promise stays pending', async () => {
    const client = await connected();
    await server().faults.silence();
    let isSettled = false;
    const pending = append(client, 'batch', { deadline: 50 }).finally(() => (isSettled = true));
    await expect(append(client, 'classic', { deadline: 300 }, 'stock-B')).rejects.toThrow(DeadlineExceededError);
    expect(isSettled).toBe(false);
    const refused = expect(pending).rejects.toThrow(DeadlineExceededError);
    await server().faults.heal();
    await refused;
    expect(await stored()).toBe(0);
  });

  it('deadline, batch: it is a moment, and the server has a clock of its own', async () => {
    const client = await connected();
    await server().faults.moveClock(6_000);
    await expect(append(client, 'batch', { deadline: 5_000 })).rejects.toThrow(DeadlineExceededError);
    expect(await stored()).toBe(0);
    await server().faults.moveClock(-60_000);
    expect(await append(client, 'batch', { deadline: 5_000 })).toMatchObject({ success: true });
    await server().faults.moveClock(6_000);
    expect(await append(client, 'classic', { deadline: 5_000 }, 'stock-B'), 'gRPC sends how long').toMatchObject({
      success: true,
    });
  });

  it('deadline, batch: with a silent server the promise is pending until keep-alive cuts the connection', async () => {
    const client = await connected('&keepAliveInterval=100&keepAliveTimeout=100');
    await server().faults.silence();
    await expect(append(client, 'batch')).rejects.toThrow(UnavailableError);
  });

  it('healed without a fault, or twice, open connections go on as they were', async () => {
    const client = await connected();
    await server().faults.heal();
    await append(client, 'batch');
    await server().faults.silence();
    await server().faults.heal();
    await server().faults.heal();
    await append(client, 'batch');
    expect(await append(client, 'classic')).toMatchObject({ nextExpectedRevision: 2n });
  });

  it('nobody listening, batch: a bare Error with code 14; classic: UnavailableError', async () => {
    await server().kill();
    const failure = append(connect(), 'batch');
    await expect(failure).rejects.toMatchObject({ code: 14 });
    await expect(failure).rejects.not.toBeInstanceOf(UnavailableError);
    await expect(append(connect(), 'classic')).rejects.toThrow(UnavailableError);
  });

  it('TLS mismatch, batch: a bare Error with code 14; classic: UnavailableError', async () => {
    const secure = server().url.replace('tls=false', 'tls=true');
    const failure = append(connect(secure), 'batch');
    await expect(failure).rejects.toMatchObject({ code: 14 });
    await expect(failure).rejects.not.toBeInstanceOf(UnavailableError);
    await expect(append(connect(secure), 'classic')).rejects.toThrow(UnavailableError);
  });

  it.each(paths)('server killed, %s: UnavailableError "read ECONNRESET"', async (path) => {
    const client = await connected();
    await server().faults.silence();
    const failure = append(client, path);
    const expected = expect(failure).rejects.toMatchObject({
      constructor: UnavailableError,
      message: expect.stringContaining('read ECONNRESET') as string,
    });
    // The request is on its way once a later call on the same connection has run into its deadline.
    await expect(append(client, 'classic', { deadline: 100 })).rejects.toThrow(DeadlineExceededError);
    await server().kill();
    await expected;
    await server().restart();
    expect(await append(connect(), path)).toMatchObject({ success: true });
  });

  it.each(paths)('killed before a late append has landed, %s: it never lands', async (path) => {
    const client = await connected();
    await server().faults.landLate();
    const failure = expect(append(client, path, { deadline: 60_000 })).rejects.toThrow(UnavailableError);
    await expect.poll(server().faults.due, waiting).toBe(0);
    await server().kill();
    await failure;
    await server().restart();
    expect(await stored()).toBe(0);
  });

  it('lost answer: UnavailableError, and what was appended stands', async () => {
    const client = await connected();
    await server().faults.loseAnswer();
    await expect(append(client, 'classic')).rejects.toThrow(UnavailableError);
    expect(await stored()).toBe(1);
    expect(await append(client, 'classic')).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('a status that was asked for comes once for each time, and nothing is done', async () => {
    const client = await connected();
    await server().faults.refuse({ code: 8, details: 'Server Is Busy' }, 'append', 2);
    const refused = { constructor: UnknownError, code: 8, message: '8 RESOURCE_EXHAUSTED: Server Is Busy' };
    await expect(append(client, 'classic')).rejects.toMatchObject(refused);
    expect(await stored('warm')).toBe(1);
    await expect(append(client, 'classic')).rejects.toMatchObject(refused);
    expect(await append(client, 'classic')).toMatchObject({ nextExpectedRevision: 0n });
    await server().faults.refuse({ code: 13, details: 'no' }, 'read');
    await expect(collect(client.readStream('warm'))).rejects.toMatchObject({ code: 13 });
    await server().faults.refuse({ code: 13, details: 'no' }, 'delete');
    await expect(client.deleteStream('warm')).rejects.toMatchObject({ code: 13 });
    await server().faults.refuse({ code: 13, details: 'no' }, 'subscribe');
    await expect(collect(client.subscribeToAll())).rejects.toMatchObject({ code: 13 });
    expect(await collect(client.readStream('warm'))).toHaveLength(1);
  });

  describe('follower asked with requiresLeader', () => {
    const withLeader = async (use: (leader: EventStoreServer) => Promise<void>): Promise<void> => {
      const leader = await startEventStoreServer();
      await server().faults.follow(leader);
      await use(leader).finally(leader.stop);
    };

    it("classic: NotLeaderError with the leader's address, where the client goes next", () =>
      withLeader(async (leader) => {
        const client = await connected();
        const { host: address, port } = leader;
        const failure = append(client, 'classic', { requiresLeader: true });
        await expect(failure).rejects.toMatchObject({ constructor: NotLeaderError, leader: { address, port } });
        await append(client, 'classic', { requiresLeader: true });
        expect(await stored()).toBe(0);
        expect(await collect(connect(leader.url).readStream('stock-A'))).toHaveLength(1);
      }));

    it('batch: ignored, the append goes through', () =>
      withLeader(async () => {
        await append(await connected(), 'batch', { requiresLeader: true });
        expect(await stored()).toBe(1);
      }));

    it('without requiresLeader the append goes through on either path', () =>
      withLeader(async () => {
        const client = await connected();
        await append(client, 'classic');
        await append(client, 'batch');
        expect(await stored()).toBe(2);
      }));

    it('gossip names both, and a client that prefers the leader goes there', () =>
      withLeader(async (leader) => {
        const cluster = server().url.replace('esdb://', 'esdb+discover://');
        await append(connect(`${cluster}&nodePreference=leader`), 'classic', { requiresLeader: true });
        expect(await stored()).toBe(0);
        expect(await collect(connect(leader.url).readStream('stock-A'))).toHaveLength(1);
      }));
  });

  it('cluster without leader: UnavailableError "Server Is Not Ready", reads: NotLeaderError', async () => {
    const client = await connected();
    await server().faults.loseLeader();
    await expect(append(client, 'classic')).rejects.toMatchObject({
      constructor: UnavailableError,
      message: expect.stringContaining('Server Is Not Ready') as string,
    });
    const read = collect(client.readStream('warm', { requiresLeader: true }));
    await expect(read).rejects.toThrow(NotLeaderError);
    await server().faults.heal();
    expect(await append(client, 'classic')).toMatchObject({ success: true });
  });

  it('esdb+discover finds a single node, and none while there is no leader', async () => {
    const discover = `${server().url.replace('esdb://', 'esdb+discover://')}&maxDiscoverAttempts=2`;
    await append(connect(`${discover}&nodePreference=leader`), 'classic');
    await server().faults.loseLeader();
    await expect(append(connect(discover), 'classic')).rejects.toThrow('Failed to discover after 2 attempts');
  });

  it('id not a UUID, batch: UnknownError "Could not recognize BadRequest"; classic: UnknownError', async () => {
    const client = connect();
    const event = { ...someEvent('a'), id: 'none' };
    await expect(client.appendToStream('stock-A', event)).rejects.toMatchObject({
      constructor: UnknownError,
      message: 'Could not recognize BadRequest',
    });
    await expect(client.appendToStream('stock-A', event, { credentials })).rejects.toMatchObject({
      constructor: UnknownError,
      code: 2,
    });
    expect(await stored()).toBe(0);
  });
});

describe('on a server with TLS', () => {
  const users: readonly User[] = [
    { name: 'ledger', password: 'secret', write: ['stock-', 'order-'], read: ['stock-', '$all'] },
    { name: 'reader', password: 'secret', write: [], read: ['stock-'] },
  ];
  const { server, connect } = useServer({ tls: true, users });
  const as = (username: string, password = 'secret') => ({ credentials: { username, password } });
  const connectAs = (name: string, password: string) =>
    connect(server().url.replace('esdb://', `esdb://${name}:${password}@`));

  it('who has the right writes and reads', async () => {
    const client = connect();
    await client.appendToStream('stock-A', someEvent('a'), as('ledger'));
    await connectAs('ledger', 'secret').appendToStream('order-1', someEvent('b'));
    expect(await collect(client.readStream('stock-A', as('reader')))).toHaveLength(1);
    expect(await collect(client.readAll(as('ledger')))).toHaveLength(3);
  });

  it('no rights, classic: AccessDeniedError (gRPC 7)', async () => {
    const denied = { constructor: AccessDeniedError, code: 7 };
    const client = connect();
    await expect(client.appendToStream('stock-A', someEvent('a'), as('reader'))).rejects.toMatchObject(denied);
    await expect(client.appendToStream('policy-A', someEvent('a'), as('ledger'))).rejects.toMatchObject(denied);
    await expect(client.deleteStream('stock-A', as('reader'))).rejects.toMatchObject(denied);
    await expect(collect(client.readAll(as('reader')))).rejects.toMatchObject(denied);
    await expect(collect(client.subscribeToAll(as('reader')))).rejects.toMatchObject(denied);
  });

  it('no rights, batch: AccessDeniedError', async () => {
    const failure = connectAs('reader', 'secret').appendToStream('stock-A', someEvent('a'));
    await expect(failure).rejects.toThrow(AccessDeniedError);
    await expect(connect().appendToStream('stock-A', someEvent('a'))).rejects.toThrow(AccessDeniedError);
  });

  it('wrong password: AccessDeniedError (gRPC 16 UNAUTHENTICATED) on either path', async () => {
    const denied = {
      constructor: AccessDeniedError,
      code: 16,
      message: expect.stringContaining('UNAUTHENTICATED') as string,
    };
    const classic = connect().appendToStream('stock-A', someEvent('a'), as('ledger', 'wrong'));
    await expect(classic).rejects.toMatchObject(denied);
    const batch = connectAs('ledger', 'wrong').appendToStream('stock-A', someEvent('a'));
    await expect(batch).rejects.toMatchObject(denied);
    await expect(collect(connect().readAll(as('ledger', 'wrong')))).rejects.toMatchObject(denied);
  });

  it('unknown CA, batch: a bare Error with code 14; classic: UnavailableError', async () => {
    const unknown = server().url.replace(/&tlsCAFile=.*/u, '');
    const failure = connect(unknown).appendToStream('stock-A', someEvent('a'));
    await expect(failure).rejects.toMatchObject({ code: 14 });
    await expect(failure).rejects.not.toBeInstanceOf(UnavailableError);
    const classic = connect(unknown).appendToStream('stock-A', someEvent('a'), as('ledger'));
    await expect(classic).rejects.toThrow(UnavailableError);
  });
});
