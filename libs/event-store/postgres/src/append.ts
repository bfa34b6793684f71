import {
  type AppendOutcome,
  assertWrites,
  positionOf,
  type RecordedEvent,
  type SealedEvent,
  StoreUnavailableError,
  UnknownOutcomeError,
  type Write,
} from '#event-sourcing';
import {
  byteaArrayFromHex,
  type DedicatedConnection,
  failureKindOf,
  integerArray,
  prepared,
  textArray,
} from '#postgres';
import { tailBytesMax, tailEventsMax } from './bounds.js';
import { type EventRow, eventAppended, eventOfRow } from './recorded-event.js';
import { sql } from './statements.js';

/** What an append leaves behind beside its outcomes. */
export type Appended = {
  readonly outcomes: readonly AppendOutcome[];
  /** The events stored, in the order of their positions. */
  readonly events: readonly RecordedEvent[];
  /** Position before the first event stored. */
  readonly after: number;
  /** The time of the database, read within the statement. */
  readonly at: string;
};

/** @throws UnknownOutcomeError, StoreUnavailableError; any other error means nothing was stored */
export const append = async (connection: DedicatedConnection, writes: readonly Write[]): Promise<Appended> => {
  assertWrites(writes);
  const { rows } = await connection.query<Row>(prepared(sql.append, parametersOf(writes))).catch(rethrow);
  return readAnswer(writes, rows);
};

// The question

const parametersOf = (writes: readonly Write[]): unknown[] => {
  const events = writes.length === 1 ? (writes[0]?.events ?? []) : writes.flatMap((write) => write.events);
  return [
    textArray(writes.map(({ stream }) => stream)),
    integerArray(writes.map(({ expectedRevision }) => expectedRevision)),
    integerArray(writes.map((write) => write.events.length)),
    byteaArrayFromHex(events.map(({ hash }) => hash)),
    textArray(events.map(({ canonical }) => canonical)),
    tailEventsMax,
    tailBytesMax,
  ];
};

// The answer

/** Three kinds of rows: the summary (write 0), the last revision of a write left out, an event of its tail. */
type Row = {
  readonly write: number;
  readonly revision: number | null;
  readonly position: number | null;
  readonly hash: string | null;
  readonly canonical: string | null;
  readonly at: string | null;
};
type Summary = Row & { readonly position: number; readonly at: string };
type HeadRow = Row & { readonly revision: number };

const isTailRow = (row: Row): row is Row & EventRow => row.canonical !== null;

type Conflict = { readonly head: number; readonly tail: RecordedEvent[] };

const readAnswer = (writes: readonly Write[], rows: readonly Row[]): Appended => {
  const [summary, ...rest] = rows as [Summary, ...HeadRow[]];
  const conflicts = conflictsOf(rest);
  const events: RecordedEvent[] = [];
  const outcomes = writes.map((write, index): AppendOutcome => {
    const conflict = conflicts.get(index + 1);
    if (conflict) return conflictOutcome(conflict, write);
    for (const event of write.events) events.push(eventAppended(event, summary.position + events.length + 1));
    const { revision } = write.events.at(-1) as SealedEvent;
    return { kind: 'appended', revision, position: positionOf(summary.position + events.length) };
  });
  return { outcomes, events, after: summary.position, at: summary.at };
};

/** By the number of the write, from 1: first the row that names the stream's last revision, then its events. */
const conflictsOf = (rows: readonly HeadRow[]): ReadonlyMap<number, Conflict> => {
  const conflicts = new Map<number, Conflict>();
  for (const row of rows) {
    if (isTailRow(row)) conflicts.get(row.write)?.tail.push(eventOfRow(row));
    else conflicts.set(row.write, { head: row.revision, tail: [] });
  }
  return conflicts;
};

const conflictOutcome = ({ head, tail }: Conflict, { expectedRevision }: Write): AppendOutcome => ({
  kind: 'conflict',
  tail,
  complete: (tail.at(-1)?.revision ?? Math.min(expectedRevision, head)) === head,
});

// Failures

/** A rejection by the server (a value that it cannot store) passes as it is: nothing was stored, and no retry helps. */
const rethrow = (error: unknown): never => {
  const message = error instanceof Error ? error.message : String(error);
  switch (failureKindOf(error)) {
    case 'lost':
      throw new UnknownOutcomeError(message, { cause: error });
    case 'refused':
    case 'unable':
    case 'statement_timeout':
    case 'lock_timeout':
    case 'serialization':
      throw new StoreUnavailableError(message, { cause: error });
    case 'rejected':
    case 'other':
      throw error;
  }
};
