import {
  NO_STREAM,
  type JsonValue,
  type KeyAnswer,
  type KeyIndex,
  type KeyQuestion,
  type RecordedEvent,
  type Revision,
} from '#event-sourcing';

/** A fact as an event leaves it: `open` when it stands above 0 (no other stream may then claim its key). */
export type IndexedFact = { readonly key: string; readonly fact: JsonValue; readonly open: boolean };

export type MemoryKeyIndex = KeyIndex & {
  /** Takes in events in the order of the log; what it has not seen yet is the gap that lanes read from the stream. */
  readonly take: (events: readonly RecordedEvent[]) => void;
};

type Rows = {
  highest: Revision;
  readonly commands: Map<string, { readonly hash: string; readonly first: Revision; readonly last: Revision }>;
  readonly facts: Map<string, IndexedFact>;
};

type Reader = {
  readonly factsOf?: (event: RecordedEvent) => readonly IndexedFact[];
  readonly undoneBy?: (event: RecordedEvent) => string | undefined;
};

/** The index that a projection writes, in memory. */
export const createMemoryKeyIndex = ({ factsOf, undoneBy }: Reader = {}): MemoryKeyIndex => {
  const streams = new Map<string, Rows>();
  const rowsOf = (stream: string): Rows => {
    const rows = streams.get(stream) ?? { highest: NO_STREAM, commands: new Map(), facts: new Map() };
    streams.set(stream, rows);
    return rows;
  };
  const takeOne = (event: RecordedEvent): void => {
    const rows = rowsOf(event.stream);
    if (event.revision <= rows.highest) return;
    rows.highest = event.revision;
    noteCommand(rows, event);
    const undone = undoneBy?.(event);
    if (undone !== undefined) rows.commands.delete(undone);
    for (const fact of factsOf?.(event) ?? []) rows.facts.set(fact.key, fact);
  };
  return {
    take: (events) => events.forEach(takeOne),
    lookup: (questions) => Promise.resolve(questions.map((question) => answer(streams, question))),
  };
};

const noteCommand = (rows: Rows, { metadata, revision }: RecordedEvent): void => {
  const { commandId, commandHash } = metadata;
  if (commandHash === undefined) return;
  const known = rows.commands.get(commandId);
  const follows = known?.last === revision - 1;
  rows.commands.set(commandId, { hash: commandHash, first: follows ? known.first : revision, last: revision });
};

const answer = (streams: ReadonlyMap<string, Rows>, question: KeyQuestion): KeyAnswer => {
  const rows = streams.get(question.stream);
  const facts = question.factKeys.flatMap((key) => {
    const known = rows?.facts.get(key);
    return known === undefined ? [] : [[key, known.fact] as const];
  });
  const commands = question.commandIds.flatMap((id) => {
    const known = rows?.commands.get(id);
    return known === undefined ? [] : [[id, known] as const];
  });
  const elsewhere = question.factKeys.flatMap((key) => {
    const other = [...streams].find(
      ([stream, { facts }]) => stream !== question.stream && facts.get(key)?.open === true,
    );
    return other === undefined ? [] : [[key, other[0]] as const];
  });
  const highest = rows?.highest ?? NO_STREAM;
  return { highest, commands: new Map(commands), facts: new Map(facts), elsewhere: new Map(elsewhere) };
};
