/** The system user: PostgreSQL refuses to run as root. */
import { join } from 'node:path';
import { EmbeddedPostgresError, OR_OWN_SERVER } from './contract.js';
import { type Binaries, type Identity, type Layout } from './layout.js';
import { messageOf, run } from './processes.js';
import { serverEnvironment } from './server.js';

const SYSTEM_USER = 'stockledger';

export const serverIdentity = async (): Promise<Identity> => {
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

export const assertReachable = async (binaries: Binaries, identity: Identity, layout: Layout): Promise<void> => {
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
