/** The cluster and its owner, made once. */
import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { EmbeddedPostgresError } from './contract.js';
import { type Binaries, type Identity, type Layout } from './layout.js';
import { isThere, messageOf, own, readIfThere, run, writeWhole } from './processes.js';
import { DATABASE, serverEnvironment } from './server.js';

export const OWNER = 'ledger_owner';

export const ensurePassword = async (layout: Layout, identity: Identity): Promise<string> => {
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

export const ensureCluster = async (binaries: Binaries, identity: Identity, layout: Layout): Promise<void> => {
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
