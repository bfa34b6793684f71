import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { MalformedLineError } from './malformed-line.js';
import { checkHeader, type Row, rowOf } from './row.js';

export type ReadOptions = {
  /** Stop after so many lines below the header. */
  readonly limit?: number | undefined;
};

export type Visit = (row: Row) => void | Promise<void>;

/**
 * Visits every line of a CSV file (gzipped or plain) in order and returns how many there were. A visit that returns a
 * promise is waited for, which holds back the reading: nothing but a few buffers is in memory at any time.
 * @throws MalformedLineError for the first line that is not of the format; what the visit throws.
 */
export const readRows = async (file: string, visit: Visit, { limit = Infinity }: ReadOptions = {}): Promise<number> => {
  const text = await openText(file);
  const parser = parse({ bom: true, relax_column_count: true });
  text.on('error', (error) => parser.destroy(error));
  try {
    return await visitRecords(text.pipe(parser), visit, limit);
  } catch (error) {
    throw translated(error);
  } finally {
    text.destroy();
    parser.destroy();
  }
};

const visitRecords = async (records: AsyncIterable<string[]>, visit: Visit, limit: number): Promise<number> => {
  let line = 1;
  let count = -1;
  for await (const fields of records) {
    if (count >= limit) return count;
    if (!isBlank(fields)) {
      if (count < 0) checkHeader(fields);
      else {
        const visiting = visit(rowOf(fields, line));
        if (visiting !== undefined) await visiting;
      }
      count += 1;
    }
    line += 1 + lineBreaksIn(fields);
  }
  return Math.max(count, 0);
};

const isBlank = (fields: readonly string[]): boolean => fields.length === 1 && fields[0] === '';

/** Quoted fields may span lines; asking the parser for its line number of every record doubles the time (measured). */
const lineBreaksIn = (fields: readonly string[]): number => {
  let breaks = 0;
  for (const field of fields) for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
};

const openText = async (file: string): Promise<Readable> => {
  // Opened before: a stream that fails while nobody listens to it would end the process.
  const isZipped = await isGzip(file);
  const stream = createReadStream(file);
  if (!isZipped) return stream;
  const text = createGunzip();
  stream.on('error', (error) => text.destroy(error));
  return stream.pipe(text);
};

const isGzip = async (file: string): Promise<boolean> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
};

const translated = (error: unknown): unknown => {
  if (!(error instanceof CsvError)) return error;
  const line: unknown = error['lines'];
  return new MalformedLineError(typeof line === 'number' ? line : 0, error.message);
};
