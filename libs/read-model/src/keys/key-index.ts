import { NO_STREAM } from '#event-sourcing';
import type { EventStore, JsonValue, KeyAnswer, KeyIndex, KeyQuestion, RecordedEvent, Revision } from '#event-sourcing';
import { textArray } from '#postgres';
import type { Pool } from '#postgres';
import { asStockEvent } from '../events/ledger-event.js';
import { run } from '../sql.js';
import { factsOf } from '#stock';
import { indexStatements } from './statements.js';

type Row = {
  readonly kind: 'stream' | 'command' | 'fact';
  readonly stream: string;
  readonly key: string;
  readonly hash: string;
  readonly first: Revision;
  readonly last: Revision;
  readonly stands: boolean | null;
};

/**
 * The index as lanes ask it: one query for all questions. The rows say which event tells how a fact stands; those few
 * events (a fact reported again, or corrected) are then read from the store.
 */
export const createKeyIndex = ({ pool, store }: { pool: Pool; store: Pick<EventStore, 'read'> }): KeyIndex => ({
  lookup: async (questions) => {
    const rows = await run<Row>(pool, indexStatements['look-up'], parametersOf(questions));
    const records = await readRecords(store, questions, rows);
    const facts = rows.filter(({ kind }) => kind === 'fact');
    const others = rows.filter(({ kind }) => kind !== 'fact');
    const found = {
      byStream: groupedBy(others, (row) => row.stream),
      factsByKey: groupedBy(facts, (row) => row.key),
      records,
    };
    return questions.map((question) => answerOf(question, found));
  },
});

const parametersOf = (questions: readonly KeyQuestion[]): readonly unknown[] => {
  const commands = questions.flatMap(({ stream, commandIds }) => commandIds.map((id) => ({ stream, id })));
  return [
    textArray(questions.map(({ stream }) => stream)),
    textArray(commands.map(({ stream }) => stream)),
    textArray(commands.map(({ id }) => id)),
    textArray([...new Set(questions.flatMap(({ factKeys }) => factKeys))]),
  ];
};

const recordKey = (stream: string, key: string): string => `${stream}\u0000${key}`;

const readRecords = async (
  store: Pick<EventStore, 'read'>,
  questions: readonly KeyQuestion[],
  rows: readonly Row[],
): Promise<ReadonlyMap<string, JsonValue>> => {
  const asked = new Set(questions.flatMap(({ stream, factKeys }) => factKeys.map((key) => recordKey(stream, key))));
  const own = rows.filter(({ kind, stream, key }) => kind === 'fact' && asked.has(recordKey(stream, key)));
  if (own.length === 0) return new Map();
  const reads = own.map(({ stream, first }) => ({ stream, from: first }));
  const events = await store.read(reads, 1);
  return new Map(own.map(({ stream, key }, index) => [recordKey(stream, key), recordIn(events[index]?.[0], key)]));
};

const recordIn = (event: RecordedEvent | undefined, key: string): JsonValue => {
  const fact = event && factsOf(asStockEvent(event)).find((change) => change.key === key);
  if (fact === undefined) throw new Error(`The index names an event for ${key} that does not speak of it`);
  return fact.record;
};

type Found = {
  /** Of streams and commands, by stream. */
  readonly byStream: ReadonlyMap<string, readonly Row[]>;
  readonly factsByKey: ReadonlyMap<string, readonly Row[]>;
  readonly records: ReadonlyMap<string, JsonValue>;
};

const groupedBy = (rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
};

const answerOf = ({ stream, commandIds, factKeys }: KeyQuestion, found: Found): KeyAnswer => {
  const ofStream = found.byStream.get(stream) ?? [];
  const ids = new Set(commandIds);
  const commands = ofStream.filter(({ kind, key }) => kind === 'command' && ids.has(key));
  const facts = factKeys.flatMap((key) => {
    const record = found.records.get(recordKey(stream, key));
    return record === undefined ? [] : [[key, record] as const];
  });
  const elsewhere = factKeys.flatMap((key) => {
    const other = found.factsByKey.get(key)?.find((row) => row.stands === true && row.stream !== stream);
    return other === undefined ? [] : [[key, other.stream] as const];
  });
  return {
    highest: ofStream.find(({ kind }) => kind === 'stream')?.last ?? NO_STREAM,
    commands: new Map(commands.map(({ key, hash, first, last }) => [key, { hash, first, last }])),
    facts: new Map(facts),
    elsewhere: new Map(elsewhere),
  };
};
