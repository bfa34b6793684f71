import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receipt, setUpShop, startServer, type LedgerServer } from './harness.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  await setUpShop(server);
});
afterAll(() => server.stop());

type Explained = { readonly at: string; readonly sequence?: number };

/** What is answered now, once everything that was recorded is of the past. */
const now = async (): Promise<Explained> => {
  await server.caughtUp();
  return (await server.ok('GET', '/v1/availability/A/explanation?channel=web')) as Explained;
};
const then = (knownAt: string, sku = 'A', channel = 'web') =>
  server.call('GET', `/v1/availability/${sku}/explanation?channel=${channel}&knownAt=${knownAt}`);
/** Resolves when the ledger's clock is past a moment. */
const past = async (moment: string): Promise<void> => {
  while (server.services.availability.clock.now() <= moment) await server.head();
};

describe('an explanation at a moment', () => {
  it('is what was answered then, whatever has come since', async () => {
    await past((await now()).at);
    const { sequence: _sequence, ...before } = await now();
    await past(before.at);
    await server.ok('POST', '/v1/movements', receipt({ quantity: 5, sourceKey: 'later' }));
    const terms = { locations: ['wh1'], reservationTtlSeconds: 900, splitCarts: false };
    const buffer = { effect: 'hard', units: 2 };
    await server.ok('PUT', '/v1/channels/web', { revision: 0, ...terms, buffer });
    expect(await now()).toMatchObject({ atp: 13, policy: { revision: 1 } });
    const asked = await then(before.at);
    expect(asked).toMatchObject({ status: 200, body: { ...before, knownAt: before.at, happenedAt: null, atp: 10 } });
    const again = { headers: { 'if-none-match': asked.headers.get('etag') ?? '' } };
    const path = `/v1/availability/A/explanation?channel=web&knownAt=${before.at}`;
    expect(await server.call('GET', path, again)).toMatchObject({ status: 304 });
  });

  it('before a SKU was opened has nothing to promise', async () => {
    const { at } = await now();
    await past(at);
    await server.ok('POST', '/v1/movements', receipt({ sku: 'NEW', sourceKey: 'opening-NEW' }));
    await server.caughtUp();
    const { body, status } = await then(at, 'NEW');
    expect(status).toBe(200);
    expect(body).toMatchObject({ sku: 'NEW', atp: 0, shown: 0, terms: [], balances: [], knownAt: at });
    expect(body).not.toHaveProperty('revision');
  });

  it('that has not come, of what never was, or before the channel was there, is refused', async () => {
    const { at } = await now();
    const early = '2020-01-01T00:00:00Z';
    expect(await then('2999-01-01T00:00:00Z')).toMatchObject({ status: 422, body: { code: 'moment_in_future' } });
    expect(await then('yesterday')).toMatchObject({ status: 400, body: { code: 'invalid_timestamp' } });
    expect(await then(at, 'NEVER')).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await then(at, 'A', 'never')).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    expect(await then(early)).toMatchObject({
      status: 404,
      body: { code: 'unknown_channel', knownAt: '2020-01-01T00:00:00.000Z' },
    });
  });
});
