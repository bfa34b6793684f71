import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../../../docs/markdown.js';
import { startMariaDb, type MariaDb } from '../../prestashop/shop/mariadb.js';
import { ask, serve, type Shop as ServedShop } from '../../prestashop/shop/shop.js';

/** A shop that serves pages, with the plugin active. Settings go by the names that the plugin has for them. */
export type Shop = ServedShop & {
  /** Where the next request goes: each to a process of its own, or two at once might be served one after the other. */
  readonly next: () => string;
};

const run = promisify(execFile);

/** More than requests that a test sends at once. */
const processes = 8;

/** Locks are named by it. */
export const databaseName = 'shop';

/** The shop of modules/woocommerce/test with the plugin in it, on a MariaDB of its own. */
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
  const plugin = join(root, 'wp-content/plugins/stockledger');
  await cp(join(repository, 'modules/woocommerce/test/shop'), root, { recursive: true });
  await cp(join(repository, 'modules/woocommerce/stockledger'), plugin, { recursive: true });
  await cp(join(repository, 'modules/shared'), join(plugin, 'src'), { recursive: true });
  const env = { PATH: process.env['PATH'], SHOP_DB_SOCKET: database.socket, SHOP_DB_NAME: databaseName };
  const php: Shop['php'] = async (...parameters) => (await run('php', parameters, { cwd: root, env })).stdout;
  await php('install.php', 'stockledger');
  const [office, ...served] = await Promise.all(Array.from({ length: processes + 1 }, () => serve(root, env)));
  if (office === undefined) throw new Error('a shop has at least one process');
  let requests = 0;
  return {
    ...{ url: office.url, sql: (...statements) => ask(office.url, statements), php },
    next: () => served[(requests += 1) % served.length]?.url ?? office.url,
    set: async (settings) => {
      const given = Buffer.from(JSON.stringify(settings)).toString('base64');
      await php('-r', `require 'wp-load.php'; ${keep(`json_decode(base64_decode('${given}'), true)`)}`);
    },
    log: () => readFile(join(root, 'php.log'), 'utf8'),
    stop: async () => {
      await Promise.all([office, ...served].map(({ stop }) => stop()));
      await database.stop();
    },
  };
};

const keep = (settings: string): string => `StockLedgerModule\\Settings::keep(${settings});`;

const complaint = /WordPress database error|stockledger:|PHP (?:Warning|Notice|Deprecated|Parse|Fatal)/u;

/** Lines of PHP's error log that nobody should have to read. */
export const complaintsOf = async (shop: Shop): Promise<readonly string[]> =>
  (await shop.log()).split('\n').filter((line) => complaint.test(line));
