import { prepared, transaction, type Client, type Pool } from '#postgres';
import { changeStanding, lockStanding } from './change.js';
import { standingOf, type ConnectionRow } from './connection-row.js';
import type {
  ConnectionAnswer,
  ConnectionChange,
  ConnectionHistoryRow,
  Connections,
  NewConnection,
  ShownConnection,
  Wanted,
} from './connections.js';
import type { ConnectorKinds } from './kinds/kinds.js';
import { changesPerPage } from './limits.js';
import { namesOfSecrets, putSecrets, readSecrets, type Secrets, type SecretsKeys } from './secrets.js';
import { decideConnection } from './standing/decide.js';
import { judgeSecrets, judgeSettings } from './standing/judge.js';
import { connectionOf, type ConnectionCommand, type ConnectionRefusal, type Standing } from './standing/standing.js';
import { sql } from './statements.js';

type Parts = { readonly pool: Pool; readonly keys: SecretsKeys; readonly kinds: ConnectorKinds };

type Ordered = {
  readonly channel: string;
  readonly wanted: Wanted;
  readonly secrets?: Secrets;
  /** The command over what stands; a refusal where it cannot be meant. */
  readonly commandOn: (standing: Standing | undefined) => ConnectionCommand | { readonly refusal: ConnectionRefusal };
};

/** Connections in PostgreSQL. */
export const postgresConnections = ({ pool, keys, kinds }: Parts): Connections => {
  const ordered = (order: Ordered): Promise<ConnectionAnswer> =>
    transaction(pool, (client) => carryOut(client, keys, order));
  const find = async (channel: string): Promise<Standing | undefined> => {
    const { rows } = await pool.query<ConnectionRow>(prepared(sql['find-connection'], [channel]));
    return rows[0] && standingOf(rows[0]);
  };
  return {
    kinds,
    list: async () => {
      const { rows } = await pool.query<ConnectionRow>(prepared(sql['list-connections']));
      return rows.map((row) => connectionOf(standingOf(row)));
    },
    find: async (channel) => {
      const standing = await find(channel);
      return standing && connectionOf(standing);
    },
    show: async (channel) => {
      const standing = await find(channel);
      return standing && { ...standing, secrets: await namesOfSecrets(pool, channel) };
    },
    secretsOf: (channel) => readSecrets(pool, keys, channel),
    pause: async (channel, cause, actor) => {
      const wanted = { actor, reason: cause, dryRun: false };
      await ordered({ channel, wanted, commandOn: () => ({ kind: 'pause', cause }) });
    },
    add: (wish, wanted) => ordered(addition(kinds, wish, wanted)),
    change: (channel, wish, wanted) => ordered(changeIn(kinds, channel, wish, wanted)),
    setLadder: (channel, step, wanted) => ordered({ channel, wanted, commandOn: () => ({ kind: 'step', ...step }) }),
    pauseBy: (channel, wanted) => ordered({ channel, wanted, commandOn: () => ({ kind: 'pause', cause: undefined }) }),
    resume: (channel, wanted) => ordered({ channel, wanted, commandOn: () => ({ kind: 'resume' }) }),
    history: async (channel, after) => {
      const { rows } = await pool.query<HistoryRow>(prepared(sql['list-history'], [channel, after, changesPerPage]));
      return rows.map(({ changed_at: changedAt, ...row }) => ({ ...row, changedAt }));
    },
  };
};

type HistoryRow = Omit<ConnectionHistoryRow, 'changedAt'> & { readonly changed_at: string };

const addition = (kinds: ConnectorKinds, wish: NewConnection, wanted: Wanted): Ordered => {
  const { channel, connection, kind, settings, secrets } = wish;
  return {
    ...{ channel, wanted, secrets },
    commandOn: () => {
      const judged = judgeSettings(kinds, kind, settings);
      if ('refusal' in judged) return judged;
      const refusal = judgeSecrets(judged.kind, Object.keys(secrets), 'all');
      return refusal ? { refusal } : { kind: 'add', channel, connection, connector: kind, settings: judged.settings };
    },
  };
};

const changeIn = (kinds: ConnectorKinds, channel: string, wish: ConnectionChange, wanted: Wanted): Ordered => {
  const { settings, secrets, revision } = wish;
  return {
    ...{ channel, wanted, secrets },
    commandOn: (standing) => {
      if (standing === undefined) return { refusal: { code: 'unknown_connection' } };
      const judged = judgeSettings(kinds, standing.kind, settings ?? standing.settings);
      if ('refusal' in judged) return judged;
      const names = Object.keys(secrets);
      const refusal = judgeSecrets(judged.kind, names, 'some');
      return refusal ? { refusal } : { kind: 'change', settings: judged.settings, secrets: names, revision };
    },
  };
};

const carryOut = async (client: Client, keys: SecretsKeys, order: Ordered): Promise<ConnectionAnswer> => {
  const { channel, wanted, secrets = {} } = order;
  const standing = await lockStanding(client, channel);
  const command = order.commandOn(standing);
  if ('refusal' in command) return { kind: 'refused', refusal: command.refusal };
  const decision = wanted.dryRun
    ? decideConnection(standing, command)
    : await changeStanding(client, standing, { channel, command, by: wanted });
  if (decision.kind === 'refused') return decision;
  const changed = decision.kind === 'changed';
  if (changed && !wanted.dryRun) await putSecrets(client, keys, channel, secrets);
  const names = new Set([...(await namesOfSecrets(client, channel)), ...(changed ? Object.keys(secrets) : [])]);
  const connection: ShownConnection = { ...decision.standing, secrets: [...names].sort() };
  return { kind: 'done', connection, changed };
};
