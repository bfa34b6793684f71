import {
  appendWrites,
  canonicalOf,
  type EventStore,
  type RecordedEvent,
  type SealedEvent,
  type Write,
} from '#event-sourcing';

/** Below what either engine takes in one append. */
const appendEventsMax = 500;
const appendCharactersMax = 500_000;

/** Appends events in exactly the order in which they are given. */
export type Appender = {
  readonly add: (event: RecordedEvent) => Promise<void>;
  readonly flush: () => Promise<void>;
};

type Piece = { readonly streams: Set<string>; readonly writes: { stream: string; events: SealedEvent[] }[] };

/**
 * Gathers events into appends. One append writes each stream in one go, so a piece ends where a stream comes up again
 * after another one; a store that takes one stream at a time gets one, or neighbours might be stored the other way round.
 */
export const createAppender = (store: EventStore): Appender => {
  let piece: Piece = { streams: new Set(), writes: [] };
  let [events, characters] = [0, 0];
  const flush = async (): Promise<void> => {
    const writes = piece.writes.map(writeOf);
    piece = { streams: new Set(), writes: [] };
    [events, characters] = [0, 0];
    if (writes.length > 0) await appendAll(store, writes);
  };
  const add = async (event: RecordedEvent): Promise<void> => {
    const sealed = { ...event, canonical: canonicalOf(event) };
    const isFull = events >= appendEventsMax || characters + sealed.canonical.length > appendCharactersMax;
    if (events > 0 && (isFull || !fits(store, piece, event.stream))) await flush();
    put(piece, sealed);
    events += 1;
    characters += sealed.canonical.length;
  };
  return { add, flush };
};

const fits = ({ capabilities }: EventStore, { streams, writes }: Piece, stream: string): boolean =>
  writes.at(-1)?.stream === stream || (capabilities.appendsManyStreams && !streams.has(stream));

const put = ({ streams, writes }: Piece, event: SealedEvent): void => {
  const last = writes.at(-1);
  if (last?.stream === event.stream) last.events.push(event);
  else writes.push({ stream: event.stream, events: [event] });
  streams.add(event.stream);
};

const writeOf = ({ stream, events }: { stream: string; events: SealedEvent[] }): Write => ({
  stream,
  expectedRevision: (events[0]?.revision ?? 0) - 1,
  events,
});

const appendAll = async (store: EventStore, writes: readonly Write[]): Promise<void> => {
  const outcomes = await appendWrites(store, writes);
  const refused = outcomes.findIndex(({ kind }) => kind === 'conflict');
  if (refused < 0) return;
  throw new Error(`Somebody else writes to ${writes[refused]?.stream ?? 'the target'} at the target`);
};
