import { afterAll, beforeAll, expect, it } from 'vitest';
import { receipt, startServer, type LedgerServer } from './harness.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  // The shop says itself what has left.
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator', authors: { issue: 'shop' } });
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'shop', locations: ['wh1'] });
  await server.ok('POST', '/v1/movements', receipt());
});
afterAll(() => server.stop());

const order = {
  version: 1,
  placedAt: '2026-03-01T09:00:00Z',
  payment: 'paid',
  lines: [{ line: '1', sku: 'A', ordered: 5, shipped: 3 }],
};

/** How the line stands when the shop has told its order, 3 of whose 5 units have left. */
const standingOf = async (orderKey: string): Promise<unknown> => {
  const key = await server.keyFor(`shop`, 'orders:write');
  await server.ok('PUT', `/v1/orders/web/${orderKey}`, order, { key });
  await server.caughtUp();
  return server.ok('GET', `/v1/orders/web/${orderKey}`);
};
const place = (orderKey: string): string => `/v1/orders/web/${orderKey}/baseline`;

it('an open order of a shop that is taken in posts what left since, and not what left before', async () => {
  const baseline = { lines: [{ line: '1', issued: 3, returned: 0 }] };
  expect(await server.ok('PUT', place('o1'), baseline)).toMatchObject({ changed: true });
  expect(await server.ok('PUT', place('o1'), baseline)).toMatchObject({ changed: false });
  expect(await standingOf('o1')).toMatchObject({ standings: [{ issued: 0, committed: [{ quantity: 2 }] }] });
  const other = { lines: [{ line: '1', issued: 2, returned: 0 }] };
  expect(await server.call('PUT', place('o1'), { body: other })).toMatchObject({
    ...{ status: 409, body: { code: 'already_baselined' } },
  });
});

it('control: without a baseline it posts all that has left', async () => {
  expect(await standingOf('o2')).toMatchObject({ standings: [{ issued: 3, committed: [{ quantity: 2 }] }] });
});

it('only people say it, and of a channel that there is', async () => {
  const baseline = { lines: [] };
  const key = await server.keyFor('shop', 'orders:write');
  expect((await server.call('PUT', place('o3'), { body: baseline, key })).status).toBe(403);
  const nowhere = await server.call('PUT', '/v1/orders/nowhere/o3/baseline', { body: baseline });
  expect(nowhere).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
});
