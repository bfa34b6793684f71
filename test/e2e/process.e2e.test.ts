import { spawn, type ChildProcess } from 'node:child_process';
import { engineFor } from './engine.js';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonCall, receipt } from './harness.js';
import { asBatch, asBulk } from './views.js';

/** The service as it is started by a person, with its embedded PostgreSQL, in a process of its own. */
type Process = { readonly child: ChildProcess; readonly output: () => string };

const main = new URL('../../dist/apps/standalone/src/main.js', import.meta.url).pathname;
const readyMillisMax = 60_000;
const keyShape = /sl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/u;

/** One data folder through its life: each test goes on where the one before it left off. */
let dataDir: string;
let port: number;
let key = '';
let service: Process;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const ended = async (child: ChildProcess): Promise<{ code: number | null; signal: string | null }> => {
  if (!hasEnded(child)) await once(child, 'exit');
  return { code: child.exitCode, signal: child.signalCode };
};

const start = async (): Promise<Process> => {
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LEDGER_DATA: dataDir, PORT: String(port) },
      ...engineFor(dataDir),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const isReady = (): boolean => output.includes('"message":"Ready"');
  await expect.poll(() => isReady() || hasEnded(child), { timeout: readyMillisMax }).toBe(true);
  expect(isReady(), output).toBe(true);
  return { child, output: () => output };
};

const ok = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const answer = await jsonCall(`http://127.0.0.1:${port}`, method, path, { key, body });
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.body;
};

/** A movement of one unit whose key names its SKU, one of twenty. */
const unit = (sourceKey: string): object =>
  receipt({ sku: `load-${Number(/\d+$/u.exec(sourceKey)?.[0] ?? 0) % 20}`, sourceKey, quantity: 1 });

/** Reports many movements at once. Returns the keys of those that were acknowledged. */
const rush = async (name: string, count: number, onAnswered: (answered: number) => void): Promise<string[]> => {
  const acknowledged: string[] = [];
  const reports = Array.from({ length: count }, async (_, index) => {
    await ok('POST', '/v1/movements', unit(`${name}-${index}`));
    acknowledged.push(`${name}-${index}`);
    onAnswered(acknowledged.length);
  });
  await Promise.allSettled(reports);
  return acknowledged;
};

/** Which of these the ledger did not have: it posts them when they are reported again. */
const postedAgain = async (sourceKeys: readonly string[]): Promise<readonly string[]> => {
  const { outcomes } = asBatch(await ok('POST', '/v1/movements/batch', { items: sourceKeys.map(unit) }));
  return outcomes.flatMap(({ answer, index }) => (answer?.repeated === true ? [] : [sourceKeys[index] ?? '']));
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stock-ledger-process-'));
  // Started by root, the database runs as a user of its own, who has to reach it
  await chmod(dataDir, 0o755);
  port = await freePort();
});
afterAll(async () => {
  service.child.kill('SIGTERM');
  await ended(service.child);
  await rm(dataDir, { recursive: true, force: true });
});

it('shows the first key once, and takes commands', async () => {
  service = await start();
  key = keyShape.exec(service.output())?.[0] ?? '';
  expect(key).not.toBe('');
  await ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'] });
  await ok('POST', '/v1/movements', receipt());
});

it('answers on a signal what it has taken in, ends with 0, and starts again on its data', async () => {
  const acknowledged = rush('last', 100, (answered) => {
    if (answered === 1) service.child.kill('SIGTERM');
  });
  expect(await ended(service.child)).toEqual({ code: 0, signal: null });
  expect(service.output()).toContain('"message":"Stopped"');

  service = await start();
  expect(service.output()).not.toMatch(keyShape);
  expect(await postedAgain(await acknowledged)).toEqual([]);
});

it('loses nothing that it acknowledged before kill -9, under load', async () => {
  const lines = [
    { sku: 'A', quantity: 4 },
    { sku: 'load-0', quantity: 1 },
  ];
  await ok('POST', '/v1/movements', receipt({ sku: 'load-0', sourceKey: 'opening-load-0', quantity: 7 }));
  await ok('PUT', '/v1/reservations/web/c', { lines });
  const acknowledged = await rush('load', 400, (answered) => {
    // In the middle of it: some are answered, others are under way
    if (answered === 100) service.child.kill('SIGKILL');
  });
  expect(await ended(service.child)).toEqual({ code: null, signal: 'SIGKILL' });
  expect(acknowledged.length).toBeGreaterThanOrEqual(100);

  service = await start();
  expect(await postedAgain(acknowledged)).toEqual([]);
  expect(await postedAgain(['never reported'])).toEqual(['never reported']);
});

it('knows what a cart held before the kill, and gives back what it no longer names', async () => {
  expect(await ok('GET', '/v1/reservations/web/c')).toMatchObject({
    lines: [
      { sku: 'A', held: 4 },
      { sku: 'load-0', held: 1 },
    ],
  });
  await ok('PUT', '/v1/reservations/web/c', { lines: [{ sku: 'A', quantity: 2 }] });
  const held = async () => {
    const asked = { channel: 'web', skus: ['A', 'load-0'] };
    return asBulk(await ok('POST', '/v1/availability/bulk', asked)).rows.map((row) => [row.sku, row.held]);
  };
  await expect.poll(held).toEqual([
    ['A', 2],
    ['load-0', 0],
  ]);
});

it('ends with 0 on Ctrl-C, too', async () => {
  service.child.kill('SIGINT');
  expect(await ended(service.child)).toEqual({ code: 0, signal: null });
});
