import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { jsonCall, receipt } from './harness.js';
import { asOnHand } from './views.js';

/** The service as it is started by a person, with its embedded PostgreSQL, in a process of its own. */
type Process = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ok: (method: string, path: string, body?: unknown) => Promise<unknown>;
};

const main = new URL('../../dist/apps/standalone/src/main.js', import.meta.url).pathname;
const readyMillisMax = 60_000;
let dataDir: string;
let port: number;
let key: string;
const running: ChildProcess[] = [];

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
};

const start = async (): Promise<Process> => {
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LEDGER_DATA: dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await expect
    .poll(() => output, { timeout: readyMillisMax, message: 'the ready line' })
    .toMatch(/"message":"Ready"|cannot start/u);
  expect(output).toContain('"message":"Ready"');
  key ||= /sl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/u.exec(output)?.[0] ?? '';
  const ok = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await jsonCall(`http://127.0.0.1:${port}`, method, path, { key, body });
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  return { child, output: () => output, ok };
};

const ended = async (child: ChildProcess): Promise<{ code: number | null; signal: string | null }> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { code: child.exitCode, signal: child.signalCode };
};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stock-ledger-process-'));
  // Started by root, the database runs as a user of its own, who has to reach it
  await chmod(dataDir, 0o755);
  port = await freePort();
  key = '';
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGTERM');
    await ended(child);
  }
  await rm(dataDir, { recursive: true, force: true });
});

const setUp = async ({ ok }: Process): Promise<void> => {
  await ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'] });
  await ok('POST', '/v1/movements', receipt());
};

it('shows the first key once, stops cleanly on a signal, and starts again on its data', async () => {
  const first = await start();
  expect(key).not.toBe('');
  await setUp(first);
  first.child.kill('SIGTERM');
  expect(await ended(first.child)).toEqual({ code: 0, signal: null });
  expect(first.output()).toContain('"message":"Stopped"');

  const second = await start();
  expect(second.output()).not.toContain('sl_');
  await expect.poll(() => second.ok('GET', '/v1/stock/A'), { timeout: 20_000 }).toMatchObject({ onHand: 10 });
  second.child.kill('SIGINT');
  expect(await ended(second.child)).toEqual({ code: 0, signal: null });
});

it('finishes what it has taken in before it stops', async () => {
  const service = await start();
  await setUp(service);
  const reports = Array.from({ length: 100 }, (_, index) =>
    service.ok('POST', '/v1/movements', receipt({ sourceKey: `last-${index}`, quantity: 1 })).then(
      () => 1,
      () => 0,
    ),
  );
  await reports[0];
  service.child.kill('SIGTERM');
  const acknowledged = (await Promise.all(reports)).reduce<number>((sum, one) => sum + one, 0);
  expect(await ended(service.child)).toEqual({ code: 0, signal: null });
  const again = await start();
  await expect
    .poll(async () => asOnHand(await again.ok('GET', '/v1/stock/A')).onHand, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(10 + acknowledged);
});

it('starts again on its data after kill -9, with everything that it had acknowledged', async () => {
  const first = await start();
  await setUp(first);
  await first.ok('PUT', '/v1/reservations/web/c', { lines: [{ sku: 'A', quantity: 4 }] });
  first.child.kill('SIGKILL');
  expect(await ended(first.child)).toEqual({ code: null, signal: 'SIGKILL' });

  const second = await start();
  await expect
    .poll(() => second.ok('GET', '/v1/availability/A?channel=web'), { timeout: 20_000 })
    .toMatchObject({ atp: 6, held: 4 });
  expect(await second.ok('GET', '/v1/reservations/web/c')).toMatchObject({ lines: [{ sku: 'A', held: 4 }] });
  expect(await second.ok('POST', '/v1/movements', receipt())).toMatchObject({ repeated: true });
});
