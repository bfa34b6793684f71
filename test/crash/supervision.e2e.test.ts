import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLedgerService, type LedgerService } from './service/ledger-service.js';

const waiting = { timeout: 60_000, interval: 20 };

let service: LedgerService;
beforeEach(async () => {
  service = await createLedgerService();
  await service.start();
  await call('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
});
afterEach(() => service.dispose());

type Answer = { readonly status: number; readonly body: { readonly code?: string } };

const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  const answer = await fetch(`${service.url()}${path}`, {
    method,
    headers: { authorization: `Bearer ${service.key()}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
};

const receive = (sourceKey: string) =>
  call('POST', '/v1/movements', { kind: 'receipt', sku: 'A', location: 'wh1', quantity: 5, sourceKey });

it.each(['SIGKILL', 'SIGQUIT'] as const)(
  'a postmaster that ends by %s is started again: 503 meanwhile, then all is there and goes on',
  async (signal) => {
    await receive('before');
    await service.endPostgres(signal);

    const meanwhile = await receive('meanwhile');
    // Whoever comes late meets the server that runs again
    expect([200, 503]).toContain(meanwhile.status);
    expect(['unavailable', 'outcome_unknown', 'deadline_exceeded', undefined]).toContain(meanwhile.body.code);
    await expect.poll(() => receive('meanwhile'), waiting).toMatchObject({ status: 200 });
    await expect.poll(service.isReady, waiting).toBe(true);
    await expect.poll(() => call('GET', '/v1/stock/A'), waiting).toMatchObject({ body: { onHand: 10 } });
    expect(service.output()).toMatch(/"level":"error","message":"PostgreSQL has ended and is started again"/u);
    expect(service.output()).toMatch(/"message":"PostgreSQL runs again"/u);
  },
);

it('a postmaster that cannot be started again: not ready, 503, then the process ends and says why', async () => {
  await receive('before');
  const control = join(service.dataDir, 'postgres/cluster/global/pg_control');
  await rename(control, `${control}.gone`);
  await service.endPostgres('SIGKILL');
  expect(await service.isReady()).toBe(false);
  expect(await call('GET', '/v1/stock/A')).toMatchObject({ status: 503, body: { code: 'unavailable' } });

  expect(await service.exit()).toEqual({ code: 1, signal: null });
  expect(service.output()).toMatch(/The ledger cannot go on\.\nPostgreSQL has ended, and 6 tries .* failed/u);
  expect(service.output()).toContain('pg_control');

  await rename(`${control}.gone`, control);
  await service.start();
  await expect.poll(() => call('GET', '/v1/stock/A'), waiting).toMatchObject({ body: { onHand: 5 } });
});
