import type { Answer } from '../port/trouble.js';
import type { FeedSource, SourceReading } from './source.js';

/** A row of a list to which rows only ever come, and the order that it is about; 0: about none. Seconds of the shop's clock. */
export type NumberedRow = { readonly id: number; readonly orderId: number; readonly addedAtSeconds: number };

/** How a shop shows a list whose ids count up. */
export type SequenceList = {
  /** Of the source. */
  readonly name: string;
  /** Rows with a greater id, ascending: all of its pages. */
  readonly rowsAfter: (id: number, signal: AbortSignal) => Promise<Answer<readonly NumberedRow[]>>;
  /** The greatest id there is; 0 where there is no row. */
  readonly newestId: (signal: AbortSignal) => Promise<Answer<number>>;
};

/** Ids are given before they are committed: a row may appear below one that was seen already, but not far below. */
const overlapIds = 50;

/** A row that was seen: when its id comes again with another order or another time, it is another row. */
type Seen = readonly [id: number, orderId: number, addedAtSeconds: number];

/** The highest id seen, and what was seen of the ids that are read again, also where the shop has it no more. */
type Cursor = { readonly last: number; readonly seen: readonly Seen[] };

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

type Newest = { readonly last: number; readonly reading: SourceReading };

/** All that there is of the newest ids, as if it were new. */
const readNewest = async (list: SequenceList, signal: AbortSignal): Promise<Answer<Newest>> => {
  const newest = await list.newestId(signal);
  if (newest.kind === 'trouble') return newest;
  const last = newest.value;
  const rows = await rowsFrom(list, last, signal);
  if (rows.kind === 'trouble') return rows;
  return { kind: 'answered', value: { last, reading: told(rows.value, { last, seen: [] }) } };
};

const rowsFrom = (list: SequenceList, last: number, signal: AbortSignal): Promise<Answer<readonly NumberedRow[]>> =>
  list.rowsAfter(Math.max(0, last - overlapIds), signal);

const begin = async (list: SequenceList, signal: AbortSignal): Promise<Answer<SourceReading>> => {
  const newest = await readNewest(list, signal);
  if (newest.kind === 'trouble') return newest;
  return { kind: 'answered', value: { ...newest.value.reading, orders: [] } };
};

/** Nothing is left of what was seen, nor came anything behind it. The newest rows are told: nobody knows which are new. */
const goneBack = async (
  list: SequenceList,
  cursor: string,
  from: number,
  signal: AbortSignal,
): Promise<Answer<SourceReading>> => {
  const newest = await readNewest(list, signal);
  if (newest.kind === 'trouble') return newest;
  const { last, reading } = newest.value;
  const wentBack = { from: String(from), to: String(last) };
  return { kind: 'answered', value: { orders: reading.orders, cursor, wentBack } };
};

/**
 * Orders by lists to which rows only ever come: history, credit slips, movements. Ids that come again, or that are gone with
 * all that was seen, say that the shop was restored.
 */
export const sourceBySequence = (list: SequenceList): FeedSource => ({
  name: list.name,
  read: async (text, signal) => {
    if (text === undefined) return begin(list, signal);
    const cursor = JSON.parse(text) as Cursor;
    const rows = await rowsFrom(list, cursor.last, signal);
    if (rows.kind === 'trouble') return rows;
    return rows.value.length === 0 && cursor.seen.length > 0
      ? goneBack(list, text, cursor.last, signal)
      : { kind: 'answered', value: told(rows.value, cursor) };
  },
});
