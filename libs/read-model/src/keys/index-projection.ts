import type { Pool, Queryable } from '#postgres';
import { applyFrom, readCheckpoint } from '../projection/checkpoint.js';
import { plain, text, writeRows } from '../projection/columns.js';
import type { Columns } from '../projection/columns.js';
import { statementsOf } from '../projection/statements.js';
import type { Projection } from '../projection/projection.js';
import { indexStatements } from './statements.js';
import { foldKeys } from './fold-keys.js';
import type { CommandChange, FactChange, KeyChanges, StreamChange, UndoneCommand } from './fold-keys.js';

/** Memory of command ids and fact keys for states that have forgotten them: see KeyIndex in #event-sourcing. */
export const indexProjection = (pool: Pool, version: number): Projection => {
  const target = { name: 'index', version } as const;
  const sql = statementsOf(indexStatements, target);
  return {
    target,
    checkpoint: () => readCheckpoint(pool, target),
    apply: async (events, from, to) => {
      const changes = foldKeys(events);
      return applyFrom(pool, target, from, to, (session) => write(session, sql, changes));
    },
  };
};

const write = async (session: Queryable, sql: typeof indexStatements, changes: KeyChanges): Promise<void> => {
  await Promise.all([
    writeRows(session, sql['delete-commands'], [...changes.undone.values()], undoneColumns),
    writeRows(session, sql['set-commands'], [...changes.commands.values()], commandColumns),
    writeRows(session, sql['set-facts'], [...changes.facts.values()], factColumns),
    writeRows(session, sql['set-streams'], [...changes.streams.values()], streamColumns),
  ]);
};

const undoneColumns: Columns<UndoneCommand> = [text((undone) => undone.stream), text((undone) => undone.id)];

const commandColumns: Columns<CommandChange> = [
  text((command) => command.stream),
  text((command) => command.id),
  text((command) => command.hash),
  plain((command) => command.first),
  plain((command) => command.last),
  plain((command) => command.recordedAt),
];

const factColumns: Columns<FactChange> = [
  text((fact) => fact.key),
  text((fact) => fact.stream),
  plain((fact) => fact.revision),
  plain((fact) => fact.stands),
];

const streamColumns: Columns<StreamChange> = [text((stream) => stream.stream), plain((stream) => stream.revision)];
