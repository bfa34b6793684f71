import { checkAppend, type ExpectedRevision, type Verdict } from './check-append.js';
import { systemEvent, truncation } from './placing.js';
import { bytesInAppend, revisionMax, type LogRecord, type ProposedEvent, type UnplacedRecord } from './record.js';
import { createStreams, metastreamOf } from './streams.js';
import { createTape, type Storage, type Tape } from './tape.js';

/** What the server takes in one append, in bytes: the default of `--max-append-size`. */
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

export type EventLog = Pick<Tape, 'records' | 'indexOf' | 'onGrowth' | 'onceDurable'> & {
  readonly append: (append: Append) => AppendOutcome;
  /** Soft: what stands is out of sight, and the next append counts on. */
  readonly remove: (removal: Removal) => AppendOutcome;
  /** For ever: nobody can write to the stream again. */
  readonly tombstone: (removal: Removal) => AppendOutcome;
  /** What can be read of a stream, oldest first. */
  readonly stream: (name: string) => 'deleted' | 'missing' | readonly LogRecord[];
};

/** The log of a server. A new one begins, as the real one does, with a record of the system's own. */
export const createEventLog = (storage: Storage): EventLog => {
  const streams = createStreams();
  const tape = createTape(storage, streams.add);
  const truncated = (stream: string, before: bigint): UnplacedRecord =>
    truncation(stream, before, streams.head(metastreamOf(stream)).last + 1n);
  if (tape.records.length === 0) tape.commit([truncated('$stats', 0n)]);

  const store = ({ stream, events }: Append): Appended => {
    const { last, isSoftDeleted } = streams.head(stream);
    const stored = tape.commit([
      ...events.map((event, index) => ({ ...event, stream, revision: last + 1n + BigInt(index) })),
      ...(isSoftDeleted && events.length > 0 ? [truncated(stream, last + 1n)] : []),
    ]);
    return { kind: 'appended', revision: last + BigInt(events.length), position: stored[events.length - 1]?.position };
  };
  const close = ({ stream, expected }: Removal, record: UnplacedRecord): AppendOutcome =>
    settle(checkAppend(expected, [record.id], streams.head(stream)), () => {
      const [stored] = tape.commit([record]);
      return { kind: 'appended', revision: streams.head(stream).last, position: stored?.position };
    });
  return {
    ...tape,
    append: (append) => {
      if (sizeOf(append) > appendBytesMax) return { kind: 'too_large' };
      const ids = append.events.map(({ id }) => id);
      return settle(checkAppend(append.expected, ids, streams.head(append.stream)), () => store(append));
    },
    remove: (removal) => close(removal, truncated(removal.stream, revisionMax)),
    tombstone: (removal) =>
      close(removal, { ...systemEvent('$streamDeleted', ''), stream: removal.stream, revision: revisionMax }),
    stream: (name) => (streams.head(name).isTombstoned ? 'deleted' : (streams.readable(name) ?? 'missing')),
  };
};

const sizeOf = ({ events }: Append): number => events.reduce((sum, event) => sum + bytesInAppend(event), 0);

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
