import { closeSync, fdatasync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { LogRecord } from './record.js';

/** The file behind a log: a line of JSON for each append. */
export type LogFile = {
  /** What stood in the file when it was opened. */
  readonly stored: readonly LogRecord[];
  readonly write: (records: readonly LogRecord[]) => void;
  /** Calls back when all that was written before is on the disk. */
  readonly flush: (done: () => void) => void;
  readonly close: () => void;
};

/** Opens or creates. A last line without its end is an append that was never answered: it is cut off. */
export const openLogFile = (path: string): LogFile => {
  const descriptor = openSync(path, 'a+');
  let isClosed = false;
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) ftruncateSync(descriptor, Buffer.byteLength(whole));
  return {
    stored: whole.split('\n').filter(Boolean).flatMap(recordsIn),
    write: (records) => writeAll(descriptor, Buffer.from(`${JSON.stringify(records.map(toLine))}\n`)),
    flush: (done) => {
      if (isClosed) return void setImmediate(done);
      fdatasync(descriptor, (error) => {
        if (error !== null && !isClosed) throw error;
        done();
      });
    },
    close: () => {
      isClosed = true;
      closeSync(descriptor);
    },
  };
};

const writeAll = (descriptor: number, bytes: Buffer): void => {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
};

type Line = {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly revision: string;
  readonly position: string;
  readonly createdTicks: string;
  readonly data: string;
  readonly metadata: string;
};

const toLine = ({ revision, position, createdTicks, data, metadata, ...named }: LogRecord): Line => ({
  ...named,
  revision: revision.toString(),
  position: position.toString(),
  createdTicks: createdTicks.toString(),
  data: Buffer.from(data).toString('base64'),
  metadata: Buffer.from(metadata).toString('base64'),
});

const recordsIn = (text: string): LogRecord[] =>
  (JSON.parse(text) as Line[]).map(({ revision, position, createdTicks, data, metadata, ...named }) => ({
    ...named,
    revision: BigInt(revision),
    position: BigInt(position),
    createdTicks: BigInt(createdTicks),
    data: Buffer.from(data, 'base64'),
    metadata: Buffer.from(metadata, 'base64'),
  }));
