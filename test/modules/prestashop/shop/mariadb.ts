import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { becomesTrue } from '../../../crash/service/becomes-true.js';

/** On a machine that does much else. */
const readyMillisMax = 60_000;

export type MariaDb = {
  /** The Unix socket; it listens nowhere else, and root needs no password. */
  readonly socket: string;
  readonly folder: string;
  readonly stop: () => Promise<void>;
};

/** A database server of its own in a new folder; what it keeps is gone when it stops. */
export const startMariaDb = async (): Promise<MariaDb> => {
  const folder = await mkdtemp(join(tmpdir(), 'module-shop-'));
  await mkdir(join(folder, 'data'));
  const socket = join(folder, 'socket');
  const place = ['--no-defaults', `--datadir=${join(folder, 'data')}`, `--socket=${socket}`];
  const child = await launch(folder, [...place, `--user=${userInfo().username}`, ...small]);
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    if (!hasEnded(child)) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  const ready = await becomesTrue(() => Promise.resolve(hasEnded(child) || existsSync(socket)), readyMillisMax);
  if (ready && !hasEnded(child)) return { socket, folder, stop };
  const said = await readFile(join(folder, 'log'), 'utf8');
  await stop();
  throw new Error(`MariaDB did not start. It said:\n${said.slice(-2_000)}`);
};

/** Nothing here has to outlive a crash. Without tables of its own it knows no users, and lets everybody in. */
const small = [
  '--skip-grant-tables',
  ...['--skip-networking', '--skip-log-bin', '--innodb-flush-log-at-trx-commit=0', '--innodb-fast-shutdown=2'],
  ...['--innodb-buffer-pool-size=32M', '--innodb-log-file-size=8M'],
];

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const launch = async (folder: string, options: readonly string[]): Promise<ChildProcess> => {
  const log = await open(join(folder, 'log'), 'w');
  const child = spawn('mariadbd', options, { stdio: ['ignore', log.fd, log.fd], env: withSbin() });
  await once(child, 'spawn');
  await log.close();
  return child;
};

/** Where Debian keeps the server; not on everybody's path. */
const withSbin = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` });
