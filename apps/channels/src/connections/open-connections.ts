import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Config, Logger } from '#platform';
import type { Pool } from '#postgres';
import type { Alerts } from '../contracts/index.js';
import type { Connections } from './connections.js';
import { idOfFolder } from './identity/folder-id.js';
import { guardAgainstCopy } from './identity/guard.js';
import { instanceOf } from './identity/instance.js';
import { keptText } from './identity/kept-text.js';
import { connectorKinds, type ConnectorKinds } from './kinds/kinds.js';
import { secretsKeyBytes, secretsKeyOf } from './lock/secrets-key.js';
import { postgresConnections } from './postgres-connections.js';
import { relockSecrets, type SecretsKeys } from './secrets.js';

type OpenConfig = Pick<
  Config,
  | 'databaseUrl'
  | 'dataFolder'
  | 'instanceId'
  | 'environment'
  | 'channelSecretsKey'
  | 'channelSecretsKeyFile'
  | 'channelSecretsKeyOld'
>;

export type OpenConnectionsOptions = {
  readonly pool: Pool;
  readonly config: OpenConfig;
  readonly logger: Logger;
  readonly alerts: Alerts;
  /** Those of this release when left out. */
  readonly kinds?: ConnectorKinds;
};

/**
 * The connections of this instance. Before anything speaks to a shop: a copy of another one's database has its channels paused,
 * with an alert for each; secrets that an old key had locked get the new one.
 *
 * @throws SecretsError for a key that is none, the error of the file system for a file that cannot be read
 */
export const openConnections = async (options: OpenConnectionsOptions): Promise<Connections> => {
  const { pool, config, logger, alerts, kinds = connectorKinds } = options;
  const keys = await keysOf(config);
  await guard(options);
  const { relocked, locked } = await relockSecrets(pool, keys);
  if (relocked > 0) logger.info('Secrets were locked anew', { count: relocked });
  const connections = postgresConnections({ pool, keys, kinds });
  for (const { channel } of await connections.list())
    await (locked.includes(channel) ? alerts.raise(lockedAlert(channel)) : alerts.settle(channel, 'secrets_locked'));
  return connections;
};

/** An embedded database belongs to its data folder, and so does what names and locks it. */
const keysOf = async ({
  databaseUrl,
  dataFolder,
  channelSecretsKey,
  channelSecretsKeyFile,
  channelSecretsKeyOld,
}: OpenConfig): Promise<SecretsKeys> => {
  const given = channelSecretsKey ?? (channelSecretsKeyFile && (await readFile(channelSecretsKeyFile, 'utf8')));
  const make = (): string => randomBytes(secretsKeyBytes).toString('base64');
  const own = given ?? (databaseUrl === undefined ? await keptText(join(dataFolder, 'channel-secrets.key'), make) : '');
  return {
    current: own === '' ? undefined : secretsKeyOf(own),
    old: channelSecretsKeyOld === undefined ? undefined : secretsKeyOf(channelSecretsKeyOld),
  };
};

const guard = async ({ pool, config, logger, alerts }: OpenConnectionsOptions): Promise<void> => {
  const instance = await instanceOf(config, () => idOfFolder(config.dataFolder));
  const guarded = await guardAgainstCopy(pool, instance);
  if (guarded.kind === 'copied')
    logger.warn('This database was that of another instance: its channels are paused', { ...guarded, is: instance });
  for (const channel of await waitingIn(pool)) await alerts.raise(copyAlert(channel));
};

/** Raised at every start until somebody has resumed them: a crash may have come before the first time. */
const waitingIn = async (pool: Pool): Promise<readonly string[]> => {
  const connections = await postgresConnections({ pool, keys: noKeys, kinds: new Map() }).list();
  return connections.filter(({ pausedFor }) => pausedFor === 'clone').map(({ channel }) => channel);
};

const noKeys: SecretsKeys = { current: undefined, old: undefined };

const copyAlert = (channel: string) => ({
  ...{ channel, code: 'clone_paused', subject: '', level: 'page' as const },
  detail:
    'This database is a copy of another one, or has moved: nothing is written into the shop until a person has made sure that no other instance does.',
  verb: `channel resume ${channel}`,
});

const lockedAlert = (channel: string) => ({
  ...{ channel, code: 'secrets_locked', subject: '', level: 'page' as const },
  detail: 'The secrets of the shop are locked with a key that this process does not have.',
  verb: `channel add ${channel} --secrets`,
});
