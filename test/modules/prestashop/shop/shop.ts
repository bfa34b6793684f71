import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { becomesTrue } from '../../../crash/service/becomes-true.js';
import { repository } from '../../../docs/markdown.js';
import { startMariaDb, type MariaDb } from './mariadb.js';

const run = promisify(execFile);

const readyMillisMax = 30_000;
const statementMillisMax = 5_000;
/** One waits for a lock, one for the ledger, and others still have to be served. */
const processes = 8;
/** Between the look at a cart and its order's row; a shop of 8.2 took 40 to 100 ms. */
const workMillis = 40;
/** Locks are named by it. */
export const databaseName = 'shop';

export type Row = Readonly<Record<string, unknown>>;

/** A shop that serves pages, with the module installed. */
export type Shop = {
  readonly url: string;
  /** The rows of the last of these statements. */
  readonly sql: (...statements: readonly string[]) => Promise<readonly Row[]>;
  /** PHP on the command line, in the shop's folder. What it printed. */
  readonly php: (...parameters: readonly string[]) => Promise<string>;
  readonly set: (settings: Readonly<Record<string, string>>) => Promise<void>;
  /** What PHP wrote to its error log so far. */
  readonly log: () => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** The shop of modules/prestashop/test with the module beside its payment modules, on a MariaDB of its own. */
export const startShop = async (): Promise<Shop> => {
  const database = await startMariaDb();
  try {
    return await openShop(database);
  } catch (error) {
    await database.stop();
    throw error;
  }
};

const openShop = async (database: MariaDb): Promise<Shop> => {
  const root = join(database.folder, 'shop');
  await cp(join(repository, 'modules/prestashop/test/shop'), root, { recursive: true });
  await cp(join(repository, 'modules/prestashop/stockledger'), join(root, 'modules/stockledger'), { recursive: true });
  await cp(join(repository, 'modules/shared'), join(root, 'modules/stockledger/src'), { recursive: true });
  const env = {
    ...{ PATH: process.env['PATH'], SHOP_DB_SOCKET: database.socket, SHOP_DB_NAME: databaseName },
    ...{ SHOP_WORK_MILLIS: String(workMillis), PHP_CLI_SERVER_WORKERS: String(processes) },
  };
  const php: Shop['php'] = async (...parameters) => (await run('php', parameters, { cwd: root, env })).stdout;
  await php('install.php', 'ps_wirepayment', 'ps_checkpayment', 'cardgateway', 'stockledger');
  const served = await serve(root, env);
  const sql: Shop['sql'] = (...statements) => ask(served.url, statements);
  return {
    ...{ url: served.url, sql, php },
    set: async (settings) => {
      const rows = Object.entries(settings).map(([name, value]) => `('STOCKLEDGER_${name}', '${value}')`);
      await sql(`REPLACE INTO ps_configuration (name, value) VALUES ${rows.join(', ')}`);
    },
    log: () => readFile(join(root, 'php.log'), 'utf8'),
    stop: async () => {
      await served.stop();
      await database.stop();
    },
  };
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

/** PHP's own web server, for a shop in a folder with a router. Its processes are a group, and end together. */
export const serve = async (
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<{ url: string; stop: () => Promise<void> }> => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const log = await open(join(root, 'php.log'), 'a');
  const options = ['-d', 'display_errors=0', '-d', 'log_errors=1', '-d', 'memory_limit=256M'];
  const child = spawn('php', [...options, '-S', url.slice('http://'.length), 'router.php'], {
    ...{ cwd: root, env, detached: true },
    stdio: ['ignore', log.fd, log.fd],
  });
  await once(child, 'spawn');
  await log.close();
  const stop = (): Promise<void> => endGroup(child);
  if (await becomesTrue(() => isServing(url), readyMillisMax)) return { url, stop };
  await stop();
  throw new Error('PHP did not start to serve.');
};

const endGroup = async (child: ChildProcess): Promise<void> => {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

const isServing = (url: string): Promise<boolean> =>
  fetch(`${url}/index.php?controller=cart`).then(
    ({ ok }) => ok,
    () => false,
  );

/** What a shop's database answers to the last of these. */
export const ask = async (url: string, statements: readonly string[]): Promise<readonly Row[]> => {
  // One process may have taken it behind a page that takes long: asked again, another one answers.
  const signal = AbortSignal.timeout(statementMillisMax);
  const response = await fetch(`${url}/sql.php`, { method: 'POST', body: JSON.stringify(statements), signal });
  if (!response.ok) throw new Error(`${response.status}: ${statements.join('; ')}`);
  return (await response.json()) as readonly Row[];
};
