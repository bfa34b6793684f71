import { place } from './placing.js';
import { firstPosition, lengthOf, type LogRecord, type UnplacedRecord } from './record.js';

/** What keeps the records: durable when a `flush` after `write` has called back. */
export type Storage = {
  readonly stored: readonly LogRecord[];
  readonly write: (records: readonly LogRecord[]) => void;
  readonly flush: (done: () => void) => void;
};

/** The records of all streams in their order, and who waits for more. */
export type Tape = {
  readonly records: readonly LogRecord[];
  /** Stores all or nothing, and says where they stand. */
  readonly commit: (unplaced: readonly UnplacedRecord[]) => readonly LogRecord[];
  /** The index of the first record at or after a position. */
  readonly indexOf: (position: bigint) => number;
  /** Calls back when everything committed so far is on the disk: one flush for all who wait, in their order. */
  readonly onceDurable: (done: () => void) => void;
  /** Calls back after each commit that stored something; returns how to stop that. */
  readonly onGrowth: (listener: () => void) => () => void;
};

const ticksPerMillisecond = 10_000n;

/** `keep` sees each record once, in order: those that stood already, and then those that come. */
export const createTape = (storage: Storage, keep: (record: LogRecord) => void): Tape => {
  const records: LogRecord[] = [];
  const listeners = new Set<() => void>();
  let end = firstPosition;
  const add = (record: LogRecord): void => {
    records.push(record);
    keep(record);
    end = record.position + lengthOf(record);
  };
  storage.stored.forEach(add);
  return {
    records,
    commit: (unplaced) => {
      const placed = place(unplaced, end, BigInt(Date.now()) * ticksPerMillisecond);
      if (placed.length === 0) return placed;
      storage.write(placed);
      placed.forEach(add);
      for (const listener of listeners) listener();
      return placed;
    },
    onceDurable: createFlushing(storage.flush),
    indexOf: (position) => lowerBound(records, position),
    onGrowth: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

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

/** While one flush is under way the next one gathers: a server that flushed for each append could not keep up with many. */
const createFlushing = (flush: Storage['flush']): Tape['onceDurable'] => {
  let waiting: (() => void)[] = [];
  let isUnderWay = false;
  const work = (): void => {
    const served = waiting;
    waiting = [];
    isUnderWay = served.length > 0;
    if (!isUnderWay) return;
    flush(() => {
      for (const done of served) done();
      work();
    });
  };
  return (done) => {
    waiting.push(done);
    if (isUnderWay) return;
    isUnderWay = true;
    setImmediate(work);
  };
};
