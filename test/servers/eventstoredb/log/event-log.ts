import { randomUUID } from 'node:crypto';
import { checkAppend, type ExpectedRevision, type Verdict } from './check-append.js';
import { bytesInAppend, firstPosition, lengthOf, revisionMax } from './record.js';
import type { LogRecord, ProposedEvent, UnplacedRecord } from './record.js';
import { createStreams, metastreamOf } from './streams.js';

/** What the server takes in one append, in bytes, unless it was started with another `--max-append-size`. */
export const appendBytesMax = 1_048_576;

export type Append = {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
};

export type Appended = {
  readonly kind: 'appended';
  /** Of the last event of the append; -1 when a stream still has none. */
  readonly revision: bigint;
  readonly position: bigint | undefined;
};

export type AppendOutcome =
  Appended | Extract<Verdict, { readonly kind: 'wrong_revision' | 'deleted' }> | { readonly kind: 'too_large' };

export type Removal = { readonly stream: string; readonly expected: ExpectedRevision };

export type EventLog = {
  readonly append: (append: Append) => AppendOutcome;
  /** Soft: what stands is out of sight, and the next append counts on. */
  readonly remove: (removal: Removal) => AppendOutcome;
  /** For ever: nobody can write to the stream again. */
  readonly tombstone: (removal: Removal) => AppendOutcome;
  readonly stream: (name: string) => 'deleted' | 'missing' | readonly LogRecord[];
  /** Everything, in the order of positions. */
  readonly records: readonly LogRecord[];
  /** The index of the first record at or after a position. */
  readonly indexOf: (position: bigint) => number;
  /** Calls back after each append that stored something; returns how to stop that. */
  readonly onGrowth: (listener: () => void) => () => void;
};

/** What keeps the records: durable when `write` returns. */
export type Storage = {
  readonly stored: readonly LogRecord[];
  readonly write: (records: readonly LogRecord[]) => void;
};

/** The log of a server. A new one begins, as the real one does, with records of the system's own. */
export const createEventLog = (storage: Storage): EventLog => {
  const records: LogRecord[] = [];
  const streams = createStreams();
  const listeners = new Set<() => void>();
  let end = firstPosition;
  const keep = (record: LogRecord): void => {
    records.push(record);
    streams.add(record);
    end = record.position + lengthOf(record);
  };
  const commit = (unplaced: readonly UnplacedRecord[]): readonly LogRecord[] => {
    const placed = place(unplaced, end, BigInt(Date.now()) * 10_000n);
    if (placed.length === 0) return placed;
    storage.write(placed);
    placed.forEach(keep);
    for (const listener of listeners) listener();
    return placed;
  };
  const metadata = (stream: string, truncateBefore: bigint): UnplacedRecord => ({
    ...jsonEvent('$metadata', `{"$tb":${truncateBefore}}`),
    stream: metastreamOf(stream),
    revision: streams.head(metastreamOf(stream)).last + 1n,
  });
  storage.stored.forEach(keep);
  if (records.length === 0) commit([metadata('$stats', 0n)]);

  const store = ({ stream, events }: Append): Appended => {
    const { last, isSoftDeleted } = streams.head(stream);
    const stored = commit([
      ...events.map((event, index) => ({ ...event, stream, revision: last + 1n + BigInt(index) })),
      ...(isSoftDeleted && events.length > 0 ? [metadata(stream, last + 1n)] : []),
    ]);
    return { kind: 'appended', revision: last + BigInt(events.length), position: stored[events.length - 1]?.position };
  };
  const append = (request: Append): AppendOutcome => {
    const { stream, expected, events } = request;
    if (events.reduce((sum, event) => sum + bytesInAppend(event), 0) > appendBytesMax) return { kind: 'too_large' };
    const ids = events.map(({ id }) => id);
    return settle(checkAppend(expected, ids, streams.head(stream)), () => store(request));
  };
  const endStream = ({ stream, expected }: Removal, record: () => UnplacedRecord): AppendOutcome =>
    settle(checkAppend(expected, [randomUUID()], streams.head(stream)), () => {
      const [stored] = commit([record()]);
      return { kind: 'appended', revision: streams.head(stream).last, position: stored?.position };
    });
  return {
    append,
    remove: (removal) => endStream(removal, () => metadata(removal.stream, revisionMax)),
    tombstone: (removal) =>
      endStream(removal, () => ({ ...jsonEvent('$streamDeleted', ''), stream: removal.stream, revision: revisionMax })),
    stream: (name) => (streams.head(name).isTombstoned ? 'deleted' : (streams.readable(name) ?? 'missing')),
    records,
    indexOf: (position) => lowerBound(records, position),
    onGrowth: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

const settle = (verdict: Verdict, store: () => Appended): AppendOutcome => {
  switch (verdict.kind) {
    case 'write':
      return store();
    case 'stored':
      return { kind: 'appended', revision: verdict.last.revision, position: verdict.last.position };
    case 'wrong_revision':
    case 'deleted':
      return verdict;
  }
};

const place = (unplaced: readonly UnplacedRecord[], end: bigint, createdTicks: bigint): LogRecord[] => {
  let position = end;
  return unplaced.map((record) => {
    const placed = { ...record, position, createdTicks };
    position += lengthOf(record);
    return placed;
  });
};

const jsonEvent = (type: string, json: string): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(json),
  metadata: new Uint8Array(),
});

const lowerBound = (records: readonly LogRecord[], position: bigint): number => {
  let from = 0;
  let to = records.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((records[middle]?.position ?? position) < position) from = middle + 1;
    else to = middle;
  }
  return from;
};
