import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { becomesTrue } from './becomes-true.js';

const main = fileURLToPath(new URL('../../../dist/apps/standalone/src/main.js', import.meta.url));
/** Waiting, never asserted: a start after a crash on a machine that does much else. */
const readyMillisMax = 90_000;
/** Of what the service has printed, for whoever has to find out. */
const outputCharactersMax = 200_000;

export type PostgresSignal = 'SIGQUIT' | 'SIGKILL';

/** The standalone service in a process of its own, on its own data folder and a free port, as `npm start` runs it. */
export type LedgerService = {
  /** Starts it on its data; resolves when it is ready. */
  readonly start: () => Promise<void>;
  /** Resolves when the service is up: at once, or after the start that follows a kill. */
  readonly up: () => Promise<void>;
  readonly url: () => string;
  /** The operator's key, of the first start. */
  readonly key: () => string;
  /** kill -9: nothing of the process runs on. */
  readonly kill: () => Promise<void>;
  /** Ends the postmaster: SIGQUIT is `pg_ctl stop -m immediate`. Resolves when it has gone. */
  readonly endPostgres: (signal: PostgresSignal) => Promise<void>;
  /** Resolves when every part says that it can serve. */
  readonly ready: () => Promise<void>;
  readonly isReady: () => Promise<boolean>;
  /** Of the embedded database, as its owner. */
  readonly ownerUrl: () => Promise<string>;
  readonly exit: () => Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly output: () => string;
  readonly dataDir: string;
  /** Stops it cleanly and removes its data. */
  readonly dispose: () => Promise<void>;
};

export const createLedgerService = async (env: Readonly<Record<string, string>> = {}): Promise<LedgerService> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'stock-ledger-crash-'));
  // PostgreSQL runs as a user of its own where we are root: what lies above its folder is open to it
  await chmod(dataDir, 0o755);
  let child: ChildProcess | undefined;
  let output = '';
  let url = '';
  let key = '';
  let up = deferred();

  const start = async (): Promise<void> => {
    const started = spawnService({ ...env, LEDGER_DATA: dataDir });
    child = started;
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      output = (output + chunk.toString()).slice(-outputCharactersMax);
    };
    started.stdout?.on('data', listen);
    started.stderr?.on('data', listen);
    await demand(() => said.includes('"message":"Ready"') || hasEnded(started), 'the service says that it is ready');
    if (hasEnded(started)) throw new Error(`The service did not start:\n${said}`);
    url = /"url":"([^"]+)"/u.exec(said)?.[1] ?? '';
    key ||= /sl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/u.exec(said)?.[0] ?? '';
    up.resolve();
  };
  const demand: Demand = async (condition, what) => {
    if (await becomesTrue(condition, readyMillisMax)) return;
    throw new Error(`Not within ${readyMillisMax} ms: ${what}. The service said:\n${output.slice(-10_000)}`);
  };
  const isReady = async (): Promise<boolean> => {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => undefined);
    return answer?.status === 200;
  };
  const kill = async (): Promise<void> => {
    if (child === undefined || hasEnded(child)) return;
    up = deferred();
    child.kill('SIGKILL');
    await ended(child);
  };
  return {
    start,
    up: () => up.promise,
    url: () => url,
    key: () => key,
    kill,
    ...postgresIn(join(dataDir, 'postgres'), demand),
    ready: () => demand(isReady, 'every part is ready'),
    isReady,
    exit: async () => (child === undefined ? { code: null, signal: null } : ended(child)),
    output: () => output,
    dataDir,
    dispose: async () => {
      if (child !== undefined) {
        child.kill('SIGTERM');
        await ended(child);
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

type Demand = (condition: () => boolean | Promise<boolean>, what: string) => Promise<void>;

/** The service's own PostgreSQL, as its folder tells of it. */
const postgresIn = (folder: string, demand: Demand): Pick<LedgerService, 'endPostgres' | 'ownerUrl'> => {
  const pidFile = join(folder, 'cluster/postmaster.pid');
  const pid = async (): Promise<number> => Number((await linesOf(pidFile))[0]);
  return {
    endPostgres: async (signal) => {
      // It may be starting again at this moment
      await demand(async () => isAlive(await pid()), 'a postmaster runs');
      const running = await pid();
      process.kill(running, signal);
      await demand(() => !isAlive(running), 'the postmaster has gone');
    },
    ownerUrl: async () => {
      const port = (await linesOf(pidFile))[3];
      const password = (await readFile(join(folder, 'password'), 'utf8')).trim();
      return `postgres://ledger_owner:${password}@127.0.0.1:${port}/ledger`;
    },
  };
};

const spawnService = (env: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, ['--enable-source-maps', main], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const ended = async (child: ChildProcess): ReturnType<LedgerService['exit']> => {
  if (!hasEnded(child)) await once(child, 'exit');
  return { code: child.exitCode, signal: child.signalCode };
};

const linesOf = async (path: string): Promise<readonly string[]> => (await readFile(path, 'utf8')).split('\n');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

type Deferred = { readonly promise: Promise<void>; readonly resolve: () => void };

const deferred = (): Deferred => {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((met) => (resolve = met));
  return { promise, resolve };
};
