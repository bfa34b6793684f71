import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { receipt, setUpShop, startServer, type Answer, type LedgerServer } from './harness.js';
import { asPage, asProblem, having, including } from './views.js';

type Postgres = Awaited<ReturnType<typeof startEmbeddedPostgres>>;

let dataDir: string;
let postgres: Postgres;
let server: LedgerServer;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stock-ledger-outage-'));
  postgres = await startEmbeddedPostgres({ dataDir });
  server = await startServer({ databaseUrl: postgres.ownerUrl });
  await setUpShop(server);
  await server.ok('PUT', '/v1/reservations/web/held', { lines: [{ sku: 'A', quantity: 1 }] });
  await server.ok('PUT', '/v1/orders/web/known', order);
  await server.caughtUp();
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** As a crash does: nobody is told, nothing is written. */
const killPostgres = async (): Promise<void> => {
  const [pid] = (await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  await postgres.ended();
};
/** After a stop. */
const startAgain = async (): Promise<void> => {
  postgres = await startEmbeddedPostgres({ dataDir, port: postgres.port });
};
const report = (sourceKey: string, sku = 'A'): Promise<Answer> =>
  server.call('POST', '/v1/movements', { body: receipt({ sku, sourceKey, quantity: 1 }) });
const ready = async (): Promise<number> => (await server.call('GET', '/health/ready', { key: undefined })).status;

const cart = { lines: [{ sku: 'never loaded', quantity: 1 }] };
const order = { version: 1, placedAt: '2026-01-05T10:00:00Z', lines: [{ line: '1', sku: 'A', ordered: 1 }] };
type Request = readonly [method: string, path: string, body?: unknown];
/** These need the log alone: where that is not in PostgreSQL they are served. */
const ofTheLog: readonly Request[] = [
  ['PUT', '/v1/orders/web/o', order],
  ['GET', '/v1/orders/web/known'],
  ['POST', '/v1/locations', { location: 'wh2', author: 'operator' }],
  ['POST', '/v1/channels', { channel: 'b2b', connection: 'operator', locations: ['wh1'] }],
];
const ofTheDatabase: readonly Request[] = [
  ['POST', '/v1/movements', receipt({ sourceKey: 'away', quantity: 1 })],
  ['POST', '/v1/movements', receipt({ sku: 'never loaded', sourceKey: 'away too' })],
  ['PUT', '/v1/reservations/web/c', cart],
  ['PUT', '/v1/reservations/web/held', { lines: [{ sku: 'A', quantity: 2 }] }],
  ['POST', '/v1/reservations/web/held/extend', { ttlSeconds: 60 }],
  ['POST', '/v1/keys', { connection: 'erp', scopes: ['stock:read'] }],
  ['GET', '/v1/stock/A'],
  ['GET', '/v1/stock'],
  ['GET', '/v1/stock/A/history'],
  ['GET', '/v1/availability/A?channel=web'],
  ['GET', '/v1/availability/A/explanation?channel=web'],
  ['POST', '/v1/availability/bulk', { channel: 'web', skus: ['A'] }],
  ['GET', '/v1/channels/web/availability'],
  ['GET', '/v1/channels/web/listings'],
  ['GET', '/v1/availability/feed'],
];

const answersTo = async (requests: readonly Request[]): Promise<readonly (readonly [string, Answer])[]> =>
  Promise.all(
    requests.map(async ([method, path, body]): Promise<readonly [string, Answer]> => {
      const answer = await server.call(method, path, body === undefined ? {} : { body });
      return [`${method} ${path}`, answer];
    }),
  );
const expectAway = ([request, answer]: readonly [string, Answer]): void => {
  expect([request, answer.status], answer.text).toEqual([request, 503]);
  expect(['unavailable', 'outcome_unknown', 'deadline_exceeded']).toContain(asProblem(answer.body).code);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
};
const isLogInPostgres = (): boolean => server.services.store.capabilities.name === 'postgres';

it('answers 503 with Retry-After while PostgreSQL is away, on every route that needs it', async () => {
  await killPostgres();
  try {
    const [database, log] = await Promise.all([answersTo(ofTheDatabase), answersTo(ofTheLog)]);
    database.forEach(expectAway);
    if (isLogInPostgres()) log.forEach(expectAway);
    else expect(log.map(([, { status }]) => status)).toEqual(log.map(() => 200));
    const items = [receipt({ sku: 'B', sourceKey: 'in a batch' }), receipt({ quantity: '1' })];
    const batch = await server.call('POST', '/v1/movements/batch', { body: { items } });
    expect(batch).toMatchObject({ status: 200, body: { outcomes: [{ status: 503 }, { status: 400 }] } });
  } finally {
    await postgres.restart();
  }
  await expect.poll(ready).toBe(200);
});

it('has taken in the order that came meanwhile, or takes it in when it comes again: once', async () => {
  const put = async () => (await server.call('PUT', '/v1/orders/web/o', { body: order })).body;
  await expect.poll(put).toMatchObject({ lines: [{ status: 'committed', committed: 1 }] });
  await server.caughtUp();
  const { rows } = asPage(await server.ok('GET', '/v1/stock/A/history?limit=1000'));
  const ofTheOrder = rows.filter((row) => JSON.stringify(row).includes('"orderKey":"o"'));
  expect(ofTheOrder).toHaveLength(1);
});

it('tells the truth about its health, and recovers by itself with nothing stored twice', async () => {
  await postgres.stop();
  try {
    expect((await report('twice')).status).toBe(503);
    expect(await server.call('GET', '/health/ready', { key: undefined })).toMatchObject({
      status: 503,
      body: { code: 'not_ready', checks: including(having({ name: 'store', ok: false })) },
    });
    expect(await server.call('GET', '/health/live', { key: undefined })).toMatchObject({ status: 200 });
  } finally {
    await startAgain();
  }
  await expect.poll(async () => (await report('twice')).status).toBe(200);
  expect(await report('twice')).toMatchObject({ status: 200, body: { repeated: true } });
  await expect.poll(ready).toBe(200);
  await server.caughtUp();
  const { rows } = asPage(await server.ok('GET', '/v1/stock/A/history?limit=1000'));
  expect(rows.filter((row) => JSON.stringify(row).includes('"twice"'))).toHaveLength(1);
});
