import { prepared, type Client } from '#postgres';
import { changingValues, standingOf, type ConnectionRow } from './connection-row.js';
import { connectionsMax } from './limits.js';
import { decideConnection } from './standing/decide.js';
import type { ConnectionCommand, ConnectionDecision, Standing } from './standing/standing.js';
import { sql } from './statements.js';

/** Who does it, and why: it stands in the history. */
export type By = { readonly actor: string; readonly reason: string };

export const lockStanding = async (client: Client, channel: string): Promise<Standing | undefined> => {
  const { rows } = await client.query<ConnectionRow>(prepared(sql['lock-connection'], [channel]));
  return rows[0] && standingOf(rows[0]);
};

type Ordered = { readonly channel: string; readonly command: ConnectionCommand; readonly by: By };

/** Decides on what stands, which the caller has locked, and stores what comes of it with its reason. */
export const changeStanding = async (
  client: Client,
  standing: Standing | undefined,
  { channel, command, by }: Ordered,
): Promise<ConnectionDecision> => {
  const decision = decideConnection(standing, command);
  if (decision.kind !== 'changed') return decision;
  if (standing !== undefined) await update(client, decision.standing);
  else if (!(await insert(client, decision.standing)))
    return { kind: 'refused', refusal: { code: 'too_many_connections', connectionsMax } };
  const content = JSON.stringify(decision.content);
  const note = [channel, decision.standing.revision, command.kind, content, by.actor, by.reason];
  await client.query(prepared(sql['note-change'], note));
  return decision;
};

const update = async (client: Client, standing: Standing): Promise<void> => {
  await client.query(prepared(sql['update-connection'], [standing.channel, ...changingValues(standing)]));
};

const insert = async (client: Client, standing: Standing): Promise<boolean> => {
  const { channel, connection, kind } = standing;
  const [settings, ...rest] = changingValues(standing);
  const values = [channel, connection, kind, settings, ...rest, connectionsMax];
  return (await client.query(prepared(sql['insert-connection'], values))).rowCount === 1;
};
