import { startPostgres, type TestServer } from '#testing/postgres';
import type { TestProject } from 'vitest/node';

type Shared = { users: number; server: Promise<TestServer> };

/** Vitest loads this file once for each project that has tests to run; the server is one for the whole run. */
const holder = globalThis as { stockLedgerTestServer?: Shared | undefined };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (holder.stockLedgerTestServer ??= { users: 0, server: startPostgres() });
  shared.users += 1;
  project.provide('postgresUrl', (await shared.server).url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    holder.stockLedgerTestServer = undefined;
    await (await shared.server).stop();
  };
}
