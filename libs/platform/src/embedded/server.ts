/** The server: started on a port, watched, started again and stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalUntilGone, stopOrphan } from './claim.js';
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  type EmbeddedPostgresOptions,
  type ServerEnd,
} from './contract.js';
import { type Binaries, type Identity, type Layout } from './layout.js';
import { becomesTrue, readIfThere, signalQuietly } from './processes.js';

export const DATABASE = 'ledger';

/** Crash recovery of max_wal_size (4 GB) is the longest start there is. */
const START_MS_MAX = 180_000;
const PORT_ATTEMPTS_MAX = 5;

const DEFAULT_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  wal_compression: 'on',
  jit: 'off',
  synchronous_commit: 'on',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // What a statement did wrong is told to its caller; without these lines the log stays small in a run of years.
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

export type Launched = { readonly child: ChildProcess; readonly port: number };

export const launch = async (
  binaries: Binaries,
  identity: Identity,
  layout: Layout,
  options: EmbeddedPostgresOptions,
): Promise<Launched> => {
  const deadline = performance.now() + START_MS_MAX;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const child = await spawnServer(binaries, identity, layout, port, options.settings ?? {});
    if (await becomesReady(child, layout, deadline)) return { child, port };
    const log = (await readIfThere(layout.log)) ?? '';
    await stopChild(child);
    // The backends of a killed postmaster live on for a moment and hold its shared memory.
    if (log.includes('pre-existing shared memory block') && performance.now() < deadline) {
      await sleep(100);
      continue;
    }
    const taken = log.includes('Address already in use');
    if (taken && options.port === undefined && attempt < PORT_ATTEMPTS_MAX) continue;
    throw new EmbeddedPostgresError(
      taken
        ? `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or choose another port.`
        : `PostgreSQL did not start on ${layout.cluster}. It said:\n${log.trim()}`,
    );
  }
};

/**
 * In a session of its own: a Ctrl-C in the terminal is for us, and we stop the server when its last user is done. Not
 * counted by the event loop, so that a forgotten `stop` keeps no process alive.
 */
const spawnServer = async (
  binaries: Binaries,
  identity: Identity,
  layout: Layout,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> => {
  const flags = Object.entries({ ...DEFAULT_SETTINGS, ...settings }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  const log = await open(layout.log, 'w', 0o600);
  try {
    const child = spawn(binaries.postgres, ['-D', layout.cluster, '-p', String(port), ...flags], {
      ...identity,
      cwd: layout.dataDir,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(child, 'spawn');
    child.unref();
    return child;
  } finally {
    await log.close();
  }
};

/** The postmaster writes its state to the eighth line of postmaster.pid; pg_ctl waits in the same way. */
const becomesReady = async (child: ChildProcess, layout: Layout, deadline: number): Promise<boolean> => {
  const pidFile = join(layout.cluster, 'postmaster.pid');
  await becomesTrue(async () => {
    if (hasEnded(child)) return true;
    const lines = (await readIfThere(pidFile))?.split('\n') ?? [];
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
  }, deadline - performance.now());
  return !hasEnded(child) && readyIn(pidFile);
};

const readyIn = (pidFile: string): boolean => readFileSync(pidFile, 'utf8').split('\n')[7]?.trim() === 'ready';

type Running = Pick<EmbeddedPostgres, 'ended' | 'restart' | 'stop'>;

/** The server that runs now; a restart puts another in its place. */
export const runningServer = (first: Launched, start: (port: number) => Promise<Launched>, layout: Layout): Running => {
  let { child } = first;
  let restarting: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | undefined;
  const onExit = (): void => {
    if (child.pid !== undefined && !hasEnded(child)) signalQuietly(child.pid, 'SIGINT');
  };
  process.once('exit', onExit);
  const restart = async (): Promise<void> => {
    if (stopping !== undefined) throw new EmbeddedPostgresError('The server has been stopped by its owner.');
    await stopOrphan(layout);
    ({ child } = await start(first.port));
  };
  const stop = async (): Promise<void> => {
    await restarting.catch(() => undefined);
    await stopChild(child);
    process.off('exit', onExit);
    await rm(layout.run, { force: true });
  };
  return {
    ended: () => endOf(child, layout),
    restart: () => (restarting = restart()),
    stop: () => (stopping ??= stop()),
  };
};

const saidCharactersMax = 2_000;

const endOf = async (child: ChildProcess, layout: Layout): Promise<ServerEnd> => {
  if (!hasEnded(child)) await once(child, 'exit');
  const said = (await readIfThere(layout.log)) ?? '';
  return { code: child.exitCode, signal: child.signalCode, said: said.trim().slice(-saidCharactersMax) };
};

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || hasEnded(child)) return;
  child.ref();
  await signalUntilGone(child.pid, () => Promise.resolve(!hasEnded(child)));
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Nothing of ours: PGDATA, PGPORT and the like would change what the server does. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP listener has an address with a port');
  return address.port;
};
