import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { type ProblemError } from '../problem/problem-error.js';
import { sendProblem } from '../problem/problem-filter.js';
import { drainOnClose } from './drain.js';

type Gate = { readonly open: () => void; readonly opened: Promise<void> };
const createGate = (): Gate => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) {
    app.server.closeAllConnections();
    await app.close();
  }
});

/** One connection, kept alive, with one request that is under way until `release`. */
const underWay = async (drains: boolean) => {
  const app = fastify({ return503OnClosing: false, keepAliveTimeout: 600_000 });
  apps.push(app);
  if (drains) drainOnClose(app);
  const [arrived, release] = [createGate(), createGate()];
  app.get('/slow', async () => {
    arrived.open();
    await release.opened;
    return 'done';
  });
  app.setErrorHandler((error, _request, reply) => sendProblem(reply, (error as ProblemError).problem));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
  const get = (): boolean => socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  get();
  await arrived.opened;
  return { app, socket, get, release: release.open, received: () => received };
};

/** Fastify's own promise of a close begins it only when it is awaited. */
const closing = async (app: FastifyInstance): Promise<void> => {
  await app.close();
};

it('answers what is under way, tells whoever still comes, and keeps nobody', async () => {
  const { app, socket, get, release, received } = await underWay(true);
  const closed = closing(app);
  const ended = once(socket, 'close');
  await expect.poll(() => app.server.listening).toBe(false);
  const second = once(app.server, 'request');
  get();
  await second;
  release();
  await Promise.all([closed, ended]);
  expect(received()).toMatch(/^HTTP\/1\.1 200 OK[^]*\r\n\r\ndone/u);
  expect(received()).toMatch(/HTTP\/1\.1 503 [^]*retry-after: 1[^]*"code":"stopping"/u);
});

it('control: without it the answered connection stays, and the close with it', async () => {
  const { app, release, received } = await underWay(false);
  let isClosed = false;
  void closing(app).then(() => (isClosed = true));
  await expect.poll(() => app.server.listening).toBe(false);
  release();
  await expect.poll(received).toContain('done');
  // Several turns later it is open still
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  const connections = await new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  expect([isClosed, connections]).toEqual([false, 1]);
});
