import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Contestant, inLoops } from '../support/contest.js';
import { startMillisMax, within } from '../support/deadline.js';
import type { Scope } from '../support/scope.js';

/** Any other by REDIS_SERVER. */
const program = process.env['REDIS_SERVER'] ?? 'redis-server';

/** The version of the redis-server on this machine; undefined: there is none. */
export const redisVersion = (): string | undefined => {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /v=(\S+)/u.exec(stdout)?.[1] : undefined;
};

/** Checks, takes and notes the movement, atomically. */
const script = `
  local available = tonumber(redis.call('GET', KEYS[1]))
  if available < tonumber(ARGV[1]) then return 0 end
  redis.call('DECRBY', KEYS[1], ARGV[1])
  redis.call('XADD', KEYS[2], '*', 'cart', ARGV[2], 'quantity', ARGV[1])
  return 1`;

/**
 * A Redis of its own that flushes its log before it answers (appendfsync always), as durable as the others. One connection
 * a caller, as a fleet of web servers has them.
 */
export const redisContestant = async (callers: number, scope: Scope): Promise<Contestant> => {
  const port = await startRedis(scope);
  const connecting = Promise.all(Array.from({ length: callers }, () => connectRedis(port)));
  const clients = await within('connecting to Redis', startMillisMax, connecting);
  scope.add('the clients of Redis', () => Promise.resolve(clients.forEach((client) => client.close())));
  const [first] = clients;
  if (first === undefined) throw new Error('Redis needs a caller');
  await first.ask('SET', 'sku-0', '1000000000');
  const sha = String(await first.ask('SCRIPT', 'LOAD', script));
  let carts = 0;
  return {
    name: 'redis lua, appendfsync always',
    run: inLoops(callers, async (caller) => {
      const reply = await clients[caller]?.ask('EVALSHA', sha, '2', 'sku-0', 'movements', '1', `cart-${(carts += 1)}`);
      if (reply !== 1) throw new Error(`Redis answered ${String(reply)}`);
    }),
  };
};

/** Its port. Stopped by the scope, and killed when the process exits before. */
const startRedis = async (scope: Scope): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'stock-ledger-redis-'));
  scope.add('the folder of Redis', () => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const args = Object.entries(settingsOf(port, folder)).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  scope.add('Redis', async () => {
    await stopped(child, ended);
    process.off('exit', kill);
  });
  const failed = ended.then(() => Promise.reject(new Error('redis-server did not start')));
  await within('starting Redis', startMillisMax, Promise.race([isReady(child.stdout), failed]));
  return port;
};

/** Every write is flushed to disk before it is answered; nothing else is written. */
const settingsOf = (port: number, folder: string) => ({
  port,
  bind: '127.0.0.1',
  dir: folder,
  save: '',
  appendonly: 'yes',
  appendfsync: 'always',
  'auto-aof-rewrite-percentage': 0,
});

const stopped = async (child: ChildProcess, ended: Promise<unknown>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), politeMillisMax);
  await ended;
  clearTimeout(patience);
};
const politeMillisMax = 5_000;

/** Goes on reading: a server whose output nobody takes would stand still when the pipe is full. */
const isReady = (output: Readable): Promise<void> => {
  let text = '';
  return new Promise((resolve) => {
    output.on('data', (chunk: Buffer) => {
      if (text.length < outputMax && (text += chunk.toString()).includes('Ready to accept connections')) resolve();
    });
  });
};
const outputMax = 65_536;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

type Reply = number | string;
type RedisClient = { readonly ask: (...words: string[]) => Promise<Reply>; readonly close: () => void };

/** As much of RESP as the script needs: integers, bulk strings, status and errors. One question at a time. */
const connectRedis = async (port: number): Promise<RedisClient> => {
  const socket: Socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay(true);
  let answer: ((reply: Reply) => void) | undefined;
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const reply = replyOf(text);
    if (reply === undefined) return;
    text = '';
    answer?.(reply);
  });
  return {
    ask: (...words) =>
      new Promise((resolve) => {
        answer = resolve;
        socket.write(
          `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
        );
      }),
    close: () => socket.destroy(),
  };
};

const replyOf = (text: string): Reply | undefined => {
  const end = text.indexOf('\r\n');
  if (end < 0) return undefined;
  const first = text.slice(1, end);
  if (text.startsWith(':')) return Number(first);
  if (text.startsWith('$')) return text.length >= end + 4 + Number(first) ? text.slice(end + 2, -2) : undefined;
  return first;
};
