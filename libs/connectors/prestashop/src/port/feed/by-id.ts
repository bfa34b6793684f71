import { readNewest, readPages, type Client, type Outcome, type Resource } from '../../webservice/index.js';
import { type Source, type SourceReading } from './source.js';

type NumberedRow = { readonly id: number; readonly orderId: number; readonly addedAtSeconds: number };

/** Ids are given before they are committed: a row may appear below one that was seen already, but not far below. */
const overlapIds = 50;

/** A row that was seen: when its id comes again with another order or another time, it is another row. */
type Seen = readonly [id: number, orderId: number, addedAtSeconds: number];

/** The highest id seen, and the rows that are known of those that are read again. */
type Cursor = { readonly last: number; readonly seen: readonly Seen[] };

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

type Familiarity = 'new' | 'known' | 'id_came_again';

const familiarity = (known: ReadonlyMap<number, Seen>, { id, orderId, addedAtSeconds }: NumberedRow): Familiarity => {
  const seen = known.get(id);
  if (seen === undefined) return 'new';
  return seen[1] === orderId && seen[2] === addedAtSeconds ? 'known' : 'id_came_again';
};

const told = (rows: readonly NumberedRow[], { last, seen }: Cursor): SourceReading => {
  const known = new Map(seen.map((one) => [one[0], one]));
  const fresh = rows.filter((row) => familiarity(known, row) !== 'known');
  const again = fresh.find((row) => familiarity(known, row) === 'id_came_again');
  const end = Math.max(last, rows.at(-1)?.id ?? 0);
  const overlap = rows.filter(({ id }) => id > end - overlapIds);
  const cursor: Cursor = {
    last: end,
    seen: overlap.map(({ id, orderId, addedAtSeconds }): Seen => [id, orderId, addedAtSeconds]),
  };
  return {
    orders: fresh.filter(({ orderId }) => orderId > 0).map(({ orderId }) => orderId),
    cursor: JSON.stringify(cursor),
    ...(again !== undefined && { wentBack: { from: last, to: again.id - 1 } }),
  };
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

  /** Nothing is left of what was seen, nor came anything behind it. The newest rows are told: nobody knows which are new. */
  const goneBack = async (cursor: string, last: number, signal: AbortSignal): Promise<Outcome<SourceReading>> => {
    const newest = await newestId(signal);
    if (newest.kind === 'failed') return newest;
    const read = await readFrom({ last: newest.value, seen: [] }, signal);
    if (read.kind === 'failed') return read;
    const { orders } = read.value;
    return { kind: 'ok', value: { orders, cursor, wentBack: { from: last, to: newest.value } } };
  };

  return {
    name: resource.path,
    read: async (text, signal) => {
      if (text === undefined) return begin(signal);
      const cursor = JSON.parse(text) as Cursor;
      const read = await readFrom(cursor, signal);
      if (read.kind === 'failed') return read;
      const isEmpty = (JSON.parse(read.value.cursor) as Cursor).seen.length === 0;
      return isEmpty && cursor.seen.length > 0 ? goneBack(text, cursor.last, signal) : read;
    },
  };
};
