import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { createPool, quotedName } from '#postgres';

/** The PostgreSQL of a run, as durable as in production; every contestant has a database of its own in it. */
export type BenchServer = {
  readonly version: string;
  /** A folder on the server's disk. */
  readonly folder: string;
  readonly createDatabase: (name: string) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** More than the callers of any bench: each may hold a connection. */
const connectionsMax = '700';

export const startBenchServer = async (): Promise<BenchServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'stock-ledger-bench-'));
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    settings: { max_connections: connectionsMax },
  });
  const owner = createPool({ url: server.ownerUrl, applicationName: 'bench', max: 1 });
  const { rows } = await owner.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  return {
    version: rows[0]?.version ?? 'unknown',
    folder,
    createDatabase: async (name) => {
      await owner.query(`CREATE DATABASE ${quotedName(name)} TEMPLATE template0`);
      const url = new URL(server.ownerUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    stop: async () => {
      await owner.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
