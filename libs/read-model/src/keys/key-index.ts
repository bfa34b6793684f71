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
    const facts = rows.filter(({ kind }) => kind === 'fact');
    const others = facts.length === 0 ? rows : rows.filter(({ kind }) => kind !== 'fact');
    const found = {
      byStream: groupedBy(others, (row) => row.stream),
      factsByKey: groupedBy(facts, (row) => row.key),
      records: await readRecords(store, questions, facts),
    };
    return questions.map((question) => answerOf(question, found));
  },
});

const parametersOf = (questions: readonly KeyQuestion[]): readonly unknown[] => {
  const streams: string[] = [];
  const ids: string[] = [];
  const streamsOfIds: string[] = [];
  const keys: string[] = [];
  for (const { stream, commandIds, factKeys } of questions) {
    streams.push(stream);
    for (const id of commandIds) {
      ids.push(id);
      streamsOfIds.push(stream);
    }
    for (const key of factKeys) keys.push(key);
  }
  return [textArray(streams), textArray(streamsOfIds), textArray(ids), textArray(keys)];
};

const recordKey = (stream: string, key: string): string => `${stream}\u0000${key}`;

const readRecords = async (
  store: Pick<EventStore, 'read'>,
  questions: readonly KeyQuestion[],
  facts: readonly Row[],
): Promise<ReadonlyMap<string, JsonValue>> => {
  if (facts.length === 0) return nothing;
  const asked = new Set(questions.flatMap(({ stream, factKeys }) => factKeys.map((key) => recordKey(stream, key))));
  const own = facts.filter(({ stream, key }) => asked.has(recordKey(stream, key)));
  if (own.length === 0) return nothing;
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

/** What nearly every question is answered with: ids and keys are asked for because they are new. */
const nothing: ReadonlyMap<string, never> = new Map<string, never>();
const noRows: readonly Row[] = [];

const answerOf = ({ stream, commandIds, factKeys }: KeyQuestion, found: Found): KeyAnswer => {
  const ofStream = found.byStream.get(stream) ?? noRows;
  return {
    highest: ofStream.find(({ kind }) => kind === 'stream')?.last ?? NO_STREAM,
    commands: commandsIn(ofStream, commandIds),
    facts: factsIn(found.records, stream, factKeys),
    elsewhere: elsewhereIn(found.factsByKey, stream, factKeys),
  };
};

const commandsIn = (ofStream: readonly Row[], commandIds: readonly string[]): KeyAnswer['commands'] => {
  const commands = ofStream.filter(({ kind }) => kind === 'command');
  if (commands.length === 0) return nothing;
  const ids = new Set(commandIds);
  return new Map(
    commands.filter(({ key }) => ids.has(key)).map(({ key, hash, first, last }) => [key, { hash, first, last }]),
  );
};

const factsIn = (records: Found['records'], stream: string, factKeys: readonly string[]): KeyAnswer['facts'] => {
  if (records.size === 0) return nothing;
  const facts = new Map<string, JsonValue>();
  for (const key of factKeys) {
    const record = records.get(recordKey(stream, key));
    if (record !== undefined) facts.set(key, record);
  }
  return facts;
};

const elsewhereIn = (
  factsByKey: Found['factsByKey'],
  stream: string,
  factKeys: readonly string[],
): KeyAnswer['elsewhere'] => {
  if (factsByKey.size === 0) return nothing;
  const elsewhere = new Map<string, string>();
  for (const key of factKeys) {
    const other = factsByKey.get(key)?.find((row) => row.stands === true && row.stream !== stream);
    if (other !== undefined) elsewhere.set(key, other.stream);
  }
  return elsewhere;
};
