import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { receipt, setUpShop, startServer } from './harness.js';
import { asProblem, having, including } from './views.js';

it('answers 503 while PostgreSQL is away, stores nothing of it twice, and recovers by itself', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'stock-ledger-outage-'));
  let postgres = await startEmbeddedPostgres({ dataDir });
  const server = await startServer({ databaseUrl: postgres.ownerUrl });
  const report = (sourceKey: string) =>
    server.call('POST', '/v1/movements', { body: receipt({ sourceKey, quantity: 1 }) });
  try {
    await setUpShop(server);
    await server.caughtUp();
    await postgres.stop();

    const written = await report('away');
    expect(written.status).toBe(503);
    expect(['unavailable', 'outcome_unknown', 'deadline_exceeded']).toContain(asProblem(written.body).code);
    expect(Number(written.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await server.call('GET', '/v1/stock/A')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await server.call('GET', '/health/ready', { key: undefined })).toMatchObject({
      status: 503,
      body: {
        code: 'not_ready',
        checks: including(having({ name: 'store', ok: false })),
      },
    });
    expect(await server.call('GET', '/health/live', { key: undefined })).toMatchObject({ status: 200 });

    postgres = await startEmbeddedPostgres({ dataDir, port: postgres.port });
    await expect.poll(async () => (await report('away')).status, { timeout: 30_000 }).toBe(200);
    expect(await report('away')).toMatchObject({ status: 200, body: { repeated: true } });
    await expect
      .poll(async () => (await server.call('GET', '/health/ready', { key: undefined })).status, { timeout: 30_000 })
      .toBe(200);
    await server.caughtUp();
    expect(await server.ok('GET', '/v1/stock/A')).toMatchObject({ onHand: 11 });
  } finally {
    await server.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
