import pg from 'pg';
import { clientConfigOf } from '../connection-options.js';
import { ConnectionRefusedError, failureKindOf } from '../failures.js';
import { withInstallationLock } from '../migrations/installation-lock.js';
import { migrate } from '../migrations/migrate.js';
import type { Module } from '../migrations/module.js';
import type { Client } from '../pool.js';
import { grantService } from './grants.js';
import { ensureRole, setPassword } from './service-role.js';
import { derivedPassword, passwordOf, urlAs, userOf } from './service-url.js';

export type ProvisionOptions = {
  /** Of the role that owns the database and migrates it. */
  readonly ownerUrl: string;
  /** In the order in which they build on each other. */
  readonly modules: readonly Module[];
  readonly serviceRole?: string;
  /** Without it one is derived from the owner's, the same in every process. */
  readonly servicePassword?: string;
};

export type Provisioned = {
  /** What the service connects with. Holds a password: never log it. */
  readonly serviceUrl: string;
  /** There when the service has to run as the owner; says why and what to do. Worth a warning in the log. */
  readonly warning?: string;
};

export const defaultServiceRole = 'ledger_service';

/**
 * Brings the database up to date as its owner, and gives the connection of the service, whose role has the least
 * privileges. Any number of processes may do it at once. At every start: without news it takes milliseconds.
 *
 * @throws MigrationError, ConnectionRefusedError
 * @example const { serviceUrl } = await provision({ ownerUrl, modules: [ledgerModule] });
 */
export const provision = async (options: ProvisionOptions): Promise<Provisioned> => {
  const client = await connect(options.ownerUrl);
  try {
    return await withInstallationLock(client, async () => {
      await migrate(client, options.modules);
      return provisionService(client, options);
    });
  } finally {
    await client.end();
  }
};

const provisionService = async (client: Client, options: ProvisionOptions): Promise<Provisioned> => {
  const { ownerUrl, modules, serviceRole: role = defaultServiceRole } = options;
  if (userOf(ownerUrl) === role) throw new Error(`"${role}" is the service's role: give the URL of the owner.`);
  const password = options.servicePassword ?? derivedPasswordOf(ownerUrl, role);
  const serviceUrl = urlAs(ownerUrl, role, password);
  if ((await ensureRole(client, role, password)) === 'not_permitted')
    return { serviceUrl: ownerUrl, warning: noRole(role) };
  await grantService(client, role, modules);
  if (await canLogIn(serviceUrl)) return { serviceUrl };
  if ((await setPassword(client, role, password)) === 'ready' && (await canLogIn(serviceUrl))) return { serviceUrl };
  return { serviceUrl: ownerUrl, warning: noLogin(role) };
};

/** An owner without a password is let in by where it comes from (a socket, a trusted host); so is the service. */
const derivedPasswordOf = (ownerUrl: string, role: string): string => {
  const ownerPassword = passwordOf(ownerUrl);
  return ownerPassword === '' ? '' : derivedPassword(ownerPassword, role);
};

const canLogIn = async (url: string): Promise<boolean> => {
  try {
    const client = await connect(url);
    await client.end();
    return true;
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    if (code === '28P01' || code === '28000') return false;
    throw error;
  }
};

/** A large migration, or twenty installers that wait for the first. */
const installMsMax = 3_600_000;

const connect = async (url: string): Promise<pg.Client> => {
  const timeouts = { statementTimeoutMs: installMsMax, lockTimeoutMs: installMsMax };
  const client = new pg.Client(clientConfigOf({ url, applicationName: 'ledger-install', ...timeouts }));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (failureKindOf(error) === 'other') throw error;
    throw new ConnectionRefusedError(`No connection to PostgreSQL: ${(error as Error).message}`, { cause: error });
  }
};

const asOwner =
  'The service runs as the owner of the database: triggers still protect the log, the rights of a role of its own do not.';
const noRole = (role: string): string =>
  `The owner may not create the role "${role}". ${asOwner} ` +
  `Let an administrator run: CREATE ROLE ${role} LOGIN PASSWORD '...', give that password to the service, and start again.`;
const noLogin = (role: string): string =>
  `The role "${role}" exists with another password, which the owner may not change. ${asOwner} ` +
  'Give the service that password, and start again.';
