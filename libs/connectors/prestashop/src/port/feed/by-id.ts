import { readNewest, readPages, type Client, type Outcome, type Resource } from '../../webservice/index.js';
import { type Source, type SourceReading } from './source.js';

type NumberedRow = { readonly id: number; readonly orderId: number };

/** Ids are given before they are committed: a row may appear below one that was seen already, but not far below. */
const overlapIds = 50;

/** The highest id seen, and which ids are known of those that are read again. */
type Cursor = { readonly last: number; readonly seen: readonly number[] };

const rowsAfter = async (
  client: Client,
  resource: Resource<NumberedRow>,
  afterId: number,
  signal: AbortSignal,
): Promise<Outcome<readonly NumberedRow[]>> => {
  const rows: NumberedRow[] = [];
  for await (const page of readPages(client, resource, { afterId }, signal)) {
    if (page.kind === 'failed') return page;
    rows.push(...page.value);
  }
  return { kind: 'ok', value: rows };
};

const told = (rows: readonly NumberedRow[], { last, seen }: Cursor): SourceReading => {
  const known = new Set(seen);
  const end = Math.max(last, rows.at(-1)?.id ?? 0);
  const ids = rows.map(({ id }) => id).filter((id) => id > end - overlapIds);
  const fresh = rows.filter(({ id, orderId }) => !known.has(id) && orderId > 0);
  const cursor: Cursor = { last: end, seen: ids };
  return { orders: fresh.map(({ orderId }) => orderId), cursor: JSON.stringify(cursor) };
};

/** Rows that only ever come: history, credit slips, movements. */
export const sourceById = (client: Client, resource: Resource<NumberedRow>): Source => {
  const readFrom = async (cursor: Cursor, signal: AbortSignal): Promise<Outcome<SourceReading>> => {
    const rows = await rowsAfter(client, resource, Math.max(0, cursor.last - overlapIds), signal);
    return rows.kind === 'failed' ? rows : { kind: 'ok', value: told(rows.value, cursor) };
  };

  const newestId = async (signal: AbortSignal): Promise<Outcome<number>> => {
    const newest = await readNewest(client, resource, 'id', signal);
    return newest.kind === 'failed' ? newest : { kind: 'ok', value: newest.value?.id ?? 0 };
  };

  const begin = async (signal: AbortSignal): Promise<Outcome<SourceReading>> => {
    const newest = await newestId(signal);
    if (newest.kind === 'failed') return newest;
    const read = await readFrom({ last: newest.value, seen: [] }, signal);
    return read.kind === 'failed' ? read : { kind: 'ok', value: { ...read.value, orders: [] } };
  };

  /** A shop that was restored from a backup counts on from before the cursor. */
  const restart = async (signal: AbortSignal): Promise<Outcome<SourceReading>> => {
    const newest = await newestId(signal);
    return newest.kind === 'failed' ? newest : readFrom({ last: newest.value, seen: [] }, signal);
  };

  return {
    name: resource.path,
    read: async (text, signal) => {
      if (text === undefined) return begin(signal);
      const cursor = JSON.parse(text) as Cursor;
      const read = await readFrom(cursor, signal);
      if (read.kind === 'failed') return read;
      const isEmpty = (JSON.parse(read.value.cursor) as Cursor).seen.length === 0;
      return isEmpty && cursor.seen.length > 0 ? restart(signal) : read;
    },
  };
};
