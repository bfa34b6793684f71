import { type SourceReading } from '#channel-kit';
import { readNewest, readPages, type Client, type Outcome, type Resource } from '../../webservice/index.js';
import { type Source } from './source.js';

type NumberedRow = { readonly id: number; readonly orderId: number; readonly addedAtSeconds: number };

/** Ids are given before they are committed: a row may appear below one that was seen already, but not far below. */
const overlapIds = 50;

/** A row that was seen: when its id comes again with another order or another time, it is another row. */
type Seen = readonly [id: number, orderId: number, addedAtSeconds: number];

/** The highest id seen, and what was seen of the ids that are read again, also where the shop has it no more. */
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
  const seenNow = rows.map(({ id, orderId, addedAtSeconds }): Seen => [id, orderId, addedAtSeconds]);
  const all = new Map([...seen, ...seenNow].map((one) => [one[0], one]));
  const cursor: Cursor = { last: end, seen: [...all.values()].filter(([id]) => id > end - overlapIds) };
  return {
    orders: fresh.filter(({ orderId }) => orderId > 0).map(({ orderId }) => String(orderId)),
    cursor: JSON.stringify(cursor),
    ...(again !== undefined && { wentBack: { from: String(last), to: String(again.id - 1) } }),
  };
};

/** Rows that only ever come: history, credit slips, movements. */
export const sourceById = (client: Client, resource: Resource<NumberedRow>): Source => {
  const rowsFrom = (last: number, signal: AbortSignal): Promise<Outcome<readonly NumberedRow[]>> =>
    rowsAfter(client, resource, Math.max(0, last - overlapIds), signal);

  /** All that there is of the newest ids, as if it were new. */
  const readNewestRows = async (
    signal: AbortSignal,
  ): Promise<Outcome<{ readonly last: number; readonly reading: SourceReading }>> => {
    const newest = await readNewest(client, resource, 'id', signal);
    if (newest.kind === 'failed') return newest;
    const last = newest.value?.id ?? 0;
    const rows = await rowsFrom(last, signal);
    return rows.kind === 'failed'
      ? rows
      : { kind: 'ok', value: { last, reading: told(rows.value, { last, seen: [] }) } };
  };

  const begin = async (signal: AbortSignal): Promise<Outcome<SourceReading>> => {
    const newest = await readNewestRows(signal);
    return newest.kind === 'failed' ? newest : { kind: 'ok', value: { ...newest.value.reading, orders: [] } };
  };

  /** Nothing is left of what was seen, nor came anything behind it. The newest rows are told: nobody knows which are new. */
  const goneBack = async (cursor: string, from: number, signal: AbortSignal): Promise<Outcome<SourceReading>> => {
    const newest = await readNewestRows(signal);
    if (newest.kind === 'failed') return newest;
    const { last, reading } = newest.value;
    return {
      kind: 'ok',
      value: { orders: reading.orders, cursor, wentBack: { from: String(from), to: String(last) } },
    };
  };

  return {
    name: resource.path,
    read: async (text, signal) => {
      if (text === undefined) return begin(signal);
      const cursor = JSON.parse(text) as Cursor;
      const rows = await rowsFrom(cursor.last, signal);
      if (rows.kind === 'failed') return rows;
      return rows.value.length === 0 && cursor.seen.length > 0
        ? goneBack(text, cursor.last, signal)
        : { kind: 'ok', value: told(rows.value, cursor) };
    },
  };
};
