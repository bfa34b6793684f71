import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '#event-sourcing';
import { type FaultyServer, startFaultyServer } from '../testing/server.js';
import { followed, storedIn, writeOf } from '../testing/writes.js';
import { settingsOf } from './driver/settings.js';
import { StoreAccessDeniedError } from './errors.js';

describe('a server with TLS and users', () => {
  let secured: FaultyServer;
  beforeAll(async () => {
    const all = { password: 'secret', read: ['$all', 'stock-', 'order-'] };
    const users = [
      { name: 'ledger', write: ['stock-', 'order-'], ...all },
      { name: 'clerk', write: ['order-'], ...all },
      { name: 'guest', password: 'secret', write: [], read: [] },
    ];
    secured = await startFaultyServer({ tls: true, users });
  });
  afterAll(() => secured.stop());
  const as = (name: string, password = 'secret') =>
    secured.open(secured.server.url.replace('esdb://', `esdb://${name}:${password}@`));

  it('serves who has the rights', async () => {
    const store = as('ledger');
    await store.append([writeOf('stock-A'), writeOf('order-1')]);
    expect(await storedIn(store, 'stock-A')).toHaveLength(1);
    expect(await followed(store, 2)).toHaveLength(2);
  });

  it('says that rights are missing, and stores nothing', async () => {
    await expect(as('guest').append([writeOf('stock-B')])).rejects.toBeInstanceOf(StoreAccessDeniedError);
    await expect(as('clerk').append([writeOf('stock-B')])).rejects.toBeInstanceOf(StoreAccessDeniedError);
    await expect(as('guest').head()).rejects.toBeInstanceOf(StoreAccessDeniedError);
    await expect(storedIn(as('guest'), 'stock-A')).rejects.toBeInstanceOf(StoreAccessDeniedError);
    await expect(followed(as('guest'), 1)).rejects.toBeInstanceOf(StoreAccessDeniedError);
    expect(await storedIn(as('ledger'), 'stock-B')).toEqual([]);
  });

  it('says that a password is wrong', async () => {
    await expect(as('ledger', 'wrong').append([writeOf('stock-B')])).rejects.toBeInstanceOf(StoreAccessDeniedError);
    await expect(as('ledger', 'wrong').head()).rejects.toBeInstanceOf(StoreAccessDeniedError);
    expect(await storedIn(as('ledger'), 'stock-B')).toEqual([]);
  });

  it('is away for who does not know its authority, or speaks without TLS', async () => {
    const unknown = secured.open(secured.server.url.replace(/&tlsCAFile=.*/u, ''));
    await expect(unknown.append([writeOf('stock-B')])).rejects.toBeInstanceOf(StoreUnavailableError);
    const plain = secured.open(`esdb://127.0.0.1:${secured.server.port}?tls=false`);
    await expect(plain.append([writeOf('stock-B')])).rejects.toBeInstanceOf(StoreUnavailableError);
  });
});

it('a password never goes out without TLS', () => {
  expect(settingsOf('esdb://ledger:secret@127.0.0.1:1?tls=false').authorization).toBeUndefined();
  expect(settingsOf('esdb://ledger:s%40cret@127.0.0.1:1').authorization).toBe(
    `Basic ${Buffer.from('ledger:s@cret').toString('base64')}`,
  );
});
