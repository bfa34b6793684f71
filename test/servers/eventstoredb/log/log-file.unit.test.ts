import fc from 'fast-check';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEventLog } from './event-log.js';
import { openLogFile } from './log-file.js';
import type { LogRecord, ProposedEvent } from './record.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stock-ledger-log-'));
  path = join(folder, 'log.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const within = <T>(use: (log: ReturnType<typeof createEventLog>) => T): T => {
  const file = openLogFile(path);
  const result = use(createEventLog(file));
  file.close();
  return result;
};

/** Buffers and arrays of the same bytes are the same. */
const comparable = (records: readonly LogRecord[]) =>
  records.map(({ data, metadata, ...named }) => ({ ...named, data: [...data], metadata: [...metadata] }));

const event = (type: string): ProposedEvent => ({
  id: type,
  type,
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: new Uint8Array(),
});

const append = (stream: string, ...types: readonly string[]) =>
  within((log) => log.append({ stream, expected: 'any', events: types.map(event) }));
const records = () => within((log) => comparable(log.records));

const someEvents = fc.array(
  fc.record({
    id: fc.uuid(),
    type: fc.string({ unit: 'binary', maxLength: 5 }),
    contentType: fc.constantFrom('application/json', 'application/octet-stream'),
    data: fc.uint8Array({ maxLength: 20 }),
    metadata: fc.uint8Array({ maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 3 },
);

it('a log that is opened again is the log that it was, and its positions grow', () => {
  const appends = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'ä\n"'), someEvents), { maxLength: 8 });
  fc.assert(
    fc.property(appends, (all) => {
      rmSync(path, { force: true });
      const written = all.map(([stream, events]) => {
        within((log) => log.append({ stream, expected: 'any', events }));
        return records();
      });
      const before = written.at(-1) ?? records();
      expect(records()).toEqual(before);
      const positions = before.map(({ position }) => position);
      expect(positions.every((position, index) => index === 0 || position > positions[index - 1]!)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

it('an append whose line has no end was never answered: it is cut off, and the next one stands whole', () => {
  append('stock-A', 'a');
  const before = records();
  append('stock-A', 'torn');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, -20));
  expect(records()).toEqual(before);
  append('stock-A', 'b');
  expect(records().map(({ type }) => type)).toEqual(['$metadata', 'a', 'b']);
});

it('control: a line that is whole and broken is an error, not the end', () => {
  append('stock-A', 'a');
  appendFileSync(path, 'no json\n');
  expect(() => records()).toThrow(SyntaxError);
});

it('deletions are remembered', () => {
  append('stock-A', 'a');
  append('stock-B', 'b');
  within((log) => log.remove({ stream: 'stock-A', expected: 'any' }));
  within((log) => log.tombstone({ stream: 'stock-B', expected: 'any' }));
  expect(within((log) => [log.stream('stock-A'), log.stream('stock-B')])).toEqual(['missing', 'deleted']);
  expect(append('stock-A', 'c')).toMatchObject({ kind: 'appended', revision: 1n });
  expect(append('stock-B', 'c')).toEqual({ kind: 'deleted' });
});
