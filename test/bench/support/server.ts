import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { createPool, quotedName } from '#postgres';
import { startMillisMax, within } from './deadline.js';
import type { Scope } from './scope.js';

/** The PostgreSQL of a run, as durable as in production; every contestant has a database of its own in it. */
export type BenchServer = {
  readonly version: string;
  /** What its durability rests on, as the server says. */
  readonly settings: Readonly<Record<string, string>>;
  /** A folder on the server's disk. */
  readonly folder: string;
  /** An empty database; the answer is its owner's URL. */
  readonly createDatabase: (name: string) => Promise<string>;
};

/** More than the callers of any bench: each may hold a connection. */
const connectionsMax = '700';

export const startBenchServer = async (scope: Scope): Promise<BenchServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'stock-ledger-bench-'));
  scope.add('the folder', () => rm(folder, { recursive: true, force: true }));
  const settings = { max_connections: connectionsMax };
  const starting = startEmbeddedPostgres({ dataDir: folder, settings });
  scope.add('PostgreSQL', async () => (await starting).stop());
  const server = await within('starting PostgreSQL', startMillisMax, starting);
  const owner = createPool({ url: server.ownerUrl, applicationName: 'bench', max: 1 });
  scope.add('the owner of databases', () => owner.end());
  const { rows } = await owner.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name',
    [['server_version', ...durability]],
  );
  const { server_version: version = 'unknown', ...said } = Object.fromEntries(
    rows.map(({ name, value }) => [name, value]),
  );
  return {
    version,
    settings: said,
    folder,
    createDatabase: async (name) => {
      await owner.query(`CREATE DATABASE ${quotedName(name)} TEMPLATE template0`);
      const url = new URL(server.ownerUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
  };
};

const durability = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method'];
