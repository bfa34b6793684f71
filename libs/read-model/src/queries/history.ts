import { numberOf } from '#event-sourcing';
import type { EventStore, RecordedEvent, Revision } from '#event-sourcing';
import type { Pool } from '#postgres';
import { asStockEvent, stockStreamOf } from '../events/ledger-event.js';
import { arraysOf, plain, text } from '../projection/columns.js';
import type { Columns } from '../projection/columns.js';
import { run } from '../sql.js';
import { bucketsOf } from './buckets.js';
import type { BucketRow } from './buckets.js';
import { cursorOf, InvalidCursorError, keyOfCursor } from './cursor.js';
import { rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import type { HistoryRequest, HistoryRow, Page, Queries } from './types.js';

/** The log is where events are read from; the history adds what each of them left behind. */
export const historyQueries = (pool: Pool, store: Pick<EventStore, 'read'>): Pick<Queries, 'historyOf'> => ({
  historyOf: async (sku, request) => {
    const [head] = await run<{ revision: Revision }>(pool, sql['read-head'], [sku]);
    if (head === undefined) return undefined;
    const [live] = await run<{ position: number | null }>(pool, sql['read-live-position'], ['history']);
    const range = rangeOf(request, head.revision);
    if (range.count === 0) return { rows: [] };
    const [events = []] = await store.read([{ stream: stockStreamOf(sku), from: range.from }], range.count);
    const known = events.filter(({ position }) => numberOf(position) <= (live?.position ?? 0));
    return pageOf(request, range, head.revision, await withBalances(pool, sku, known));
  },
});

type Range = { readonly from: Revision; readonly count: number };

const rangeOf = (request: HistoryRequest, highest: Revision): Range => {
  const size = rowsOf(request);
  const after = revisionOf(request.after);
  if (request.direction === 'asc') {
    const from = after === undefined ? 0 : after + 1;
    return { from, count: Math.max(0, Math.min(size, highest - from + 1)) };
  }
  const to = Math.min(highest, (after ?? highest + 1) - 1);
  const from = Math.max(0, to - size + 1);
  return { from, count: to - from + 1 };
};

const revisionOf = (cursor: string | undefined): Revision | undefined => {
  if (cursor === undefined) return undefined;
  const revision = Number(keyOfCursor(cursor, 1)[0]);
  if (!Number.isSafeInteger(revision) || revision < 0) throw new InvalidCursorError('Not a cursor of a history');
  return revision;
};

const pageOf = (
  { direction }: HistoryRequest,
  { from, count }: Range,
  highest: Revision,
  rows: readonly HistoryRow[],
): Page<HistoryRow> => {
  if (direction === 'asc') {
    const last = rows.at(-1);
    return last !== undefined && from + count <= highest
      ? { rows, next: cursorOf(`${last.event.revision}`) }
      : { rows };
  }
  const newestFirst = [...rows].reverse();
  return from > 0 ? { rows: newestFirst, next: cursorOf(`${from}`) } : { rows: newestFirst };
};

type Key = { readonly location: string; readonly event: RecordedEvent };
type EntryRow = BucketRow & {
  readonly location: string;
  readonly revision: Revision;
  readonly physical_delta: number;
};

const keyColumns: Columns<Key> = [
  text((key) => key.location),
  plain((key) => key.event.metadata.recordedAt),
  plain((key) => key.event.revision),
];

const withBalances = async (
  pool: Pool,
  sku: string,
  events: readonly RecordedEvent[],
): Promise<readonly HistoryRow[]> => {
  const keys = events.flatMap((event) => placesOf(event).map((location) => ({ location, event })));
  const entries = await run<EntryRow>(pool, sql['read-entries'], [sku, ...arraysOf(keys, keyColumns)]);
  return events.map((event) => ({
    event,
    after: entries
      .filter(({ revision }) => revision === event.revision)
      .map((row) => ({ location: row.location, physicalDelta: row.physical_delta, ...bucketsOf(row) })),
  }));
};

const placesOf = (event: RecordedEvent): readonly string[] => [
  ...new Set(asStockEvent(event).data.parts.map(({ location }) => location)),
];
