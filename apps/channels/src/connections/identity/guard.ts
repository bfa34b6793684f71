import { prepared, transaction, type Client, type Pool } from '#postgres';
import { changeStanding } from '../change.js';
import { standingOf, type ConnectionRow } from '../connection-row.js';
import type { Standing } from '../standing/standing.js';
import { sql } from '../statements.js';
import type { Instance } from './instance.js';

type InstanceRow = { readonly instance_id: string; readonly environment: string };

/** Whose database it was. `copied`: another one's; what it had running is paused now. */
export type Guarded =
  { readonly kind: 'ours' } | { readonly kind: 'copied'; readonly was: Instance; readonly paused: readonly string[] };

/**
 * A copy of a database must not write into the shops of its original. Where the configuration of this process is not that of
 * the database, every channel that is not off is paused until a person resumes it, and the database is this instance's from
 * then on. In one transaction: a crash leaves all of it to the next start.
 */
export const guardAgainstCopy = (pool: Pool, instance: Instance): Promise<Guarded> =>
  transaction(pool, async (client) => {
    const was = await readInstance(client);
    if (was?.instanceId === instance.instanceId && was.environment === instance.environment) return { kind: 'ours' };
    const paused = was === undefined ? [] : await pauseAll(client, was, instance);
    await client.query(prepared(sql['write-instance'], [instance.instanceId, instance.environment]));
    return was === undefined ? { kind: 'ours' } : { kind: 'copied', was, paused };
  });

const readInstance = async (client: Client): Promise<Instance | undefined> => {
  const { rows } = await client.query<InstanceRow>(prepared(sql['read-instance']));
  return rows[0] && { instanceId: rows[0].instance_id, environment: rows[0].environment };
};

const nameOf = ({ instanceId, environment }: Instance): string => `${instanceId} (${environment})`;

const pauseAll = async (client: Client, was: Instance, is: Instance): Promise<readonly string[]> => {
  const { rows } = await client.query<ConnectionRow>(prepared(sql['lock-connections']));
  const reason = `The database was that of ${nameOf(was)}, and this is ${nameOf(is)}`;
  const paused: string[] = [];
  for (const standing of rows.map(standingOf)) if (await pause(client, standing, reason)) paused.push(standing.channel);
  return paused;
};

const pause = async (client: Client, standing: Standing, reason: string): Promise<boolean> => {
  const ordered = {
    ...{ channel: standing.channel, command: { kind: 'pause', cause: 'clone' } as const },
    by: { actor: 'service', reason },
  };
  return (await changeStanding(client, standing, ordered)).kind === 'changed';
};
