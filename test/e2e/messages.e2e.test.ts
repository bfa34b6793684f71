import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intakeTopics } from '#apps/ledger';
import { createPostgresMessaging, type PostgresMessaging } from '#messaging/postgres';
import { orderMessage, receiptMessage } from '../intake/messages.js';
import { startServer, type LedgerServer } from './harness.js';
import { asPage } from './views.js';

/* A ledger without Kafka: messages come by its own database, and people settle those that could not be taken in. */

let server: LedgerServer;
let messaging: PostgresMessaging;
beforeAll(async () => {
  server = await startServer();
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'] });
  messaging = createPostgresMessaging({ url: server.services.serviceUrl, clock: server.services.ledger.clock });
});
afterAll(async () => {
  await messaging.close();
  await server.stop();
});

const letters = async () => asPage(await server.ok('GET', '/v1/dead-letters')).rows;
const atp = async (sku: string): Promise<unknown> => {
  await server.caughtUp();
  const { status, body } = await server.call('GET', `/v1/availability/${sku}?channel=web`);
  return status === 200 ? (body as { atp: number }).atp : status;
};

describe('messages', () => {
  it('of movements and orders are taken in', async () => {
    const operator = { source: 'operator' };
    await messaging.sender.send(intakeTopics.movements, [receiptMessage('A', 10, 'm1', operator)]);
    await expect.poll(() => atp('A')).toBe(10);
    const order = orderMessage('o1', 1, [{ line: '1', sku: 'A', ordered: 3 }], operator);
    await messaging.sender.send(intakeTopics.orders, [order, order]);
    await expect.poll(() => atp('A')).toBe(7);
    expect(await letters()).toEqual([]);
  });

  it('that could not be taken in are listed with their reason, replayed once it is mended, or discarded', async () => {
    const early = receiptMessage('B', 4, 'm2', { source: 'operator', location: 'wh2' });
    const never = receiptMessage('B', 4, 'm3', { source: 'operator', location: 'moon' });
    await messaging.sender.send(intakeTopics.movements, [early, never]);
    await expect.poll(letters).toHaveLength(2);
    // They are parked at the same time, in any order
    const [first, second] = (await letters()).toSorted((a, b) => Number(a['offset']) - Number(b['offset']));
    expect(first).toMatchObject({ code: 'unknown_location', topic: intakeTopics.movements });

    const replay = `/v1/dead-letters/${String(first?.['id'])}/replay`;
    const body = { reason: 'wh2 is open' };
    expect(await server.call('POST', replay, { body })).toMatchObject({ body: { code: 'unknown_location' } });
    await server.ok('POST', '/v1/locations', { location: 'wh2', author: 'operator' });
    expect(await server.ok('POST', replay, body)).toEqual({ id: first?.['id'], outcome: 'replayed' });
    expect(await server.call('POST', replay, { body })).toMatchObject({
      status: 409,
      body: { code: 'dead_letter_settled', how: 'replayed', reason: body.reason },
    });

    const discard = `/v1/dead-letters/${String(second?.['id'])}/discard`;
    expect(await server.ok('POST', discard, { reason: 'no such place' })).toMatchObject({ outcome: 'discarded' });
    expect(await letters()).toEqual([]);
    const unknown = await server.call('POST', '/v1/dead-letters/4711/discard', { body });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown_dead_letter' } });
    expect(
      (await server.call('GET', '/v1/dead-letters', { key: await server.keyFor('shop', 'stock:read') })).status,
    ).toBe(403);
  });
});
