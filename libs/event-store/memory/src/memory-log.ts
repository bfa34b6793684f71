import {
  NO_STREAM,
  positionOf,
  type AppendOutcome,
  type Position,
  type RecordedEvent,
  type Revision,
  type SealedEvent,
  type Write,
} from '#event-sourcing';

/** One event as it lies in the log: its canonical text, from which every reader gets objects of his own. */
type Stored = { readonly sealed: SealedEvent; readonly position: Position };

export type MemoryLog = {
  readonly size: () => number;
  readonly append: (write: Write) => AppendOutcome;
  readonly stream: (name: string, from: Revision, eventsMax: number) => readonly RecordedEvent[];
  /** Events with the numbers after `after` (0: from the first), at most so many. */
  readonly slice: (after: number, eventsMax: number) => readonly RecordedEvent[];
};

export const createLog = (tailEventsMax: number): MemoryLog => {
  const log: Stored[] = [];
  const streams = new Map<string, Stored[]>();
  const revisionOf = (name: string): Revision => (streams.get(name)?.length ?? 0) + NO_STREAM;
  const stream: MemoryLog['stream'] = (name, from, eventsMax) =>
    (streams.get(name) ?? []).slice(Math.max(from, 0), Math.max(from, 0) + eventsMax).map(recorded);

  const store = ({ stream: name, events }: Write): AppendOutcome => {
    const entries = streams.get(name) ?? [];
    streams.set(name, entries);
    for (const sealed of events) {
      const entry = { sealed, position: positionOf(log.length + 1) };
      log.push(entry);
      entries.push(entry);
    }
    return { kind: 'appended', revision: revisionOf(name), position: positionOf(log.length) };
  };
  return {
    size: () => log.length,
    stream,
    slice: (after, eventsMax) => log.slice(after, after + eventsMax).map(recorded),
    append: (write) => {
      const revision = revisionOf(write.stream);
      if (revision === write.expectedRevision) return store(write);
      const tail = stream(write.stream, write.expectedRevision + 1, tailEventsMax);
      return { kind: 'conflict', tail, complete: revision - write.expectedRevision <= tailEventsMax };
    },
  };
};

const recorded = ({ sealed, position }: Stored): RecordedEvent => {
  const { stream, revision, type, schemaVersion, data, metadata } = JSON.parse(sealed.canonical) as SealedEvent;
  return {
    stream,
    revision,
    type,
    schemaVersion,
    data,
    metadata,
    hash: sealed.hash,
    eventId: sealed.eventId,
    position,
  };
};
