import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '#testing/postgres';
import { StoreUnavailableError, UnknownOutcomeError } from '#event-sourcing';
import { provision } from '#postgres';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { createLedger, follow, lastOf, type Ledger, until, withOpenTransaction, writeOf } from '../testing/ledger.js';
import { type Proxy, startProxy } from '../testing/proxy.js';
import { createPostgresEventStore, type PostgresEventStore } from './event-store.js';
import { ledgerModule } from './ledger-module.js';

let ledger: Ledger;
let proxy: Proxy;
let store: PostgresEventStore;
beforeAll(async () => {
  ledger = await createLedger(await createDatabase());
});
beforeEach(async () => {
  proxy = await startProxy(ledger.serviceUrl);
  store = createPostgresEventStore({ url: proxy.url, applicationName: 'victim' });
});
afterEach(async () => {
  await store.close();
  await proxy.close();
});
afterAll(() => ledger.drop());

const stored = async (stream: string): Promise<number> => (await ledger.store.read([{ stream, from: 0 }]))[0]!.length;

const backendOf = async (state: string): Promise<number | undefined> => {
  const text = `SELECT pid FROM pg_stat_activity WHERE application_name = 'victim append' AND ${state}`;
  return (await ledger.owner.query<{ pid: number }>(text)).rows[0]?.pid;
};

describe('an append whose connection is lost', () => {
  it('before the commit: the outcome is unknown, the log has nothing, the next append goes through', async () => {
    const write = writeOf('stock-terminated');
    await withOpenTransaction(ledger.owner, async (client) => {
      await client.query('LOCK TABLE ledger.turn IN SHARE UPDATE EXCLUSIVE MODE');
      const appending = store.append([write]).catch((error: unknown) => error);
      await until(async () => (await backendOf("wait_event_type = 'Lock'")) !== undefined);
      await ledger.owner.query('SELECT pg_terminate_backend($1)', [await backendOf('true')]);
      expect(await appending).toBeInstanceOf(UnknownOutcomeError);
    });
    expect(await stored(write.stream)).toBe(0);
    expect(await store.append([write])).toMatchObject([{ kind: 'appended', revision: 0 }]);
  });

  it('after the commit: the outcome is unknown, the log has it, a repetition is a conflict with the very event', async () => {
    await store.append([writeOf('stock-warm-up')]);
    const write = writeOf('stock-answer-lost', 2);
    proxy.set('lose_answers');
    await expect(store.append([write])).rejects.toBeInstanceOf(UnknownOutcomeError);
    proxy.set('open');
    expect(await stored(write.stream)).toBe(2);
    const [outcome] = await store.append([write]);
    expect(outcome).toMatchObject({ kind: 'conflict', complete: true });
    expect(outcome?.kind === 'conflict' && outcome.tail.map(({ eventId }) => eventId)).toEqual(
      write.events.map(({ eventId }) => eventId),
    );
  });

  it('and its own events come to its own subscribers all the same', async () => {
    const first = writeOf('stock-own-1');
    const [lost, last] = [writeOf('stock-own-2'), writeOf('stock-own-3')];
    const after = await store.head();
    await store.append([first]);
    proxy.set('lose_answers');
    await expect(store.append([lost])).rejects.toBeInstanceOf(UnknownOutcomeError);
    proxy.set('open');
    await store.append([last]);
    expect(await follow(store, 3, after)).toEqual([first, lost, last].map((write) => lastOf(write).eventId));
  });
});

describe('a server that is away', () => {
  it('is unavailable to everything, and found again by itself', async () => {
    await store.append([writeOf('stock-away')]);
    proxy.set('refuse');
    const write = writeOf('stock-away-2');
    await until(async () => {
      const error = await store.append([write]).catch((reason: unknown) => reason);
      return error instanceof StoreUnavailableError;
    });
    await expect(store.read([{ stream: 'stock-away', from: 0 }])).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(store.databaseTime()).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(follow(store, 1)).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await stored(write.stream)).toBe(0);
    proxy.set('open');
    expect(await store.append([write])).toMatchObject([{ kind: 'appended' }]);
    expect(await follow(store, 1)).toContain(lastOf(write).eventId);
  });

  it('was never there: nothing happened', async () => {
    const nowhere = createPostgresEventStore({ url: 'postgres://nobody:x@127.0.0.1:1/none' });
    await expect(nowhere.append([writeOf('stock-nowhere')])).rejects.toBeInstanceOf(StoreUnavailableError);
    await nowhere.close();
  });

  it('restarts: what was acknowledged is there, and a waiting store goes on', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'stock-ledger-restart-'));
    let server = await startEmbeddedPostgres({ dataDir });
    const { serviceUrl } = await provision({ ownerUrl: server.ownerUrl, modules: [ledgerModule] });
    const restarted = createPostgresEventStore({ url: serviceUrl });
    const first = writeOf('stock-restart', 3);
    await restarted.append([first]);
    await server.stop();
    await expect(restarted.append([writeOf('stock-meanwhile')])).rejects.toBeInstanceOf(StoreUnavailableError);
    server = await startEmbeddedPostgres({ dataDir, port: server.port });
    const second = writeOf('stock-restart', 1, lastOf(first));
    expect(await restarted.append([second])).toMatchObject([{ kind: 'appended', revision: 3 }]);
    expect(await follow(restarted, 4)).toHaveLength(4);
    await restarted.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe('an append that waits too long for its turn', () => {
  it('is told that nothing happened', async () => {
    const write = writeOf('stock-turn-taken');
    await withOpenTransaction(ledger.owner, async (client) => {
      await client.query('LOCK TABLE ledger.turn IN SHARE UPDATE EXCLUSIVE MODE');
      await expect(store.append([write])).rejects.toBeInstanceOf(StoreUnavailableError);
    });
    expect(await stored(write.stream)).toBe(0);
    expect(await store.append([write])).toMatchObject([{ kind: 'appended' }]);
  });
});

describe('a batch with one bad stream', () => {
  it('is rejected as it is: nothing stored, no retry asked for, and the store works on', async () => {
    const good = writeOf('stock-beside-bad');
    const bad = writeOf('stock-\u0000');
    const error: unknown = await store.append([good, bad]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(StoreUnavailableError);
    expect(error).not.toBeInstanceOf(UnknownOutcomeError);
    expect(await stored(good.stream)).toBe(0);
    expect(await store.append([good])).toMatchObject([{ kind: 'appended' }]);
  });
});
