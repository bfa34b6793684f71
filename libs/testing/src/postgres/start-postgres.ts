import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';

export type TestServer = {
  /** Of a role that may create databases. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/**
 * The server of `DATABASE_URL`, or one of our own in a temporary folder that goes with it. As durable as in production
 * (fsync on): a test that passes only without it proves nothing.
 */
export const startPostgres = async (): Promise<TestServer> => {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'stock-ledger-postgres-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: { max_connections: '200' } });
  return {
    url: server.ownerUrl,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
