import type { StreamHead } from './check-append.js';
import { revisionMax, type LogRecord } from './record.js';

type Stream = { readonly records: LogRecord[]; isTombstoned: boolean; truncateBefore: bigint };

export type Streams = {
  readonly add: (record: LogRecord) => void;
  readonly head: (name: string) => StreamHead;
  /** What may be read, oldest first; undefined when there is nothing of that name, or no longer. */
  readonly readable: (name: string) => readonly LogRecord[] | undefined;
};

export const metastreamOf = (name: string): string => `$$${name}`;

/** The log by streams: revisions, deletions, and the ids that were last seen. */
export const createStreams = (): Streams => {
  const streams = new Map<string, Stream>();
  const byId = new Map<string, LogRecord>();
  const streamOf = (name: string): Stream => {
    const known = streams.get(name);
    if (known !== undefined) return known;
    const fresh = { records: [], isTombstoned: false, truncateBefore: 0n };
    streams.set(name, fresh);
    return fresh;
  };
  return {
    add: (record) => {
      const stream = streamOf(record.stream);
      byId.set(record.id, record);
      if (record.revision === revisionMax) stream.isTombstoned = true;
      else stream.records.push(record);
      if (record.stream.startsWith('$$')) streamOf(record.stream.slice(2)).truncateBefore = truncateBeforeIn(record);
    },
    head: (name) => headOf(name, streams.get(name), streams.has(metastreamOf(name)), byId),
    readable: (name) => {
      const stream = streams.get(name);
      if (stream === undefined || stream.records.length === 0 || isSoftDeleted(stream)) return undefined;
      return stream.truncateBefore === 0n
        ? stream.records
        : stream.records.filter(({ revision }) => revision >= stream.truncateBefore);
    },
  };
};

const isSoftDeleted = ({ truncateBefore }: Stream): boolean => truncateBefore === revisionMax;

const headOf = (
  name: string,
  stream: Stream | undefined,
  hasMetadata: boolean,
  byId: ReadonlyMap<string, LogRecord>,
): StreamHead => ({
  last: BigInt((stream?.records.length ?? 0) - 1),
  isTombstoned: stream?.isTombstoned ?? false,
  isSoftDeleted: stream !== undefined && isSoftDeleted(stream),
  exists: hasMetadata || (stream !== undefined && stream.records.length > 0),
  at: (revision) => stream?.records[Number(revision)],
  withId: (id) => {
    const record = byId.get(id);
    return record?.stream === name ? record : undefined;
  },
});

/** `$tb` of a stream's metadata. The largest int64 is none that JSON.parse can hold: what comes near it is it. */
const truncateBeforeIn = ({ data }: LogRecord): bigint => {
  const metadata = parsed(Buffer.from(data).toString());
  const before = typeof metadata === 'object' && metadata !== null && '$tb' in metadata ? metadata.$tb : 0;
  if (typeof before !== 'number' || !(before > 0)) return 0n;
  return before > Number.MAX_SAFE_INTEGER ? revisionMax : BigInt(Math.floor(before));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
