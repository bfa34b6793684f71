import { newRecord, released, type RowHint, type RowRecord } from '#channel-kit';
import { textArray, type Queryable } from '#postgres';
import type { AnnouncedPair } from '../contracts/index.js';
import { ask, present } from './ask.js';
import { sql } from './statements.js';

/** A row that has its turn. Figures are the listing's, times milliseconds since 1970. */
export type ShopRow = {
  readonly row: string;
  /** As holds name it: `42`, `42:7`. */
  readonly listing: string;
  readonly sku: string;
  readonly unitsPerSale: number;
  readonly record: RowRecord;
  /** A person has said what is right, and it was not looked at since. */
  readonly releasedAt: number | undefined;
  /** Sequence of the newest announcement of its SKU. */
  readonly heard: number;
  /** It is read then, whatever is known of it. */
  readonly readBy: number | undefined;
  readonly soldAt: number | undefined;
  readonly soldPerDay: number;
  readonly wouldPush: number | undefined;
  readonly pending: number;
  readonly unconfirmed: number;
  /** The shop is making an order of it, and nobody knows what it has taken. */
  readonly risesWait: boolean;
};

/** A row after its turn. */
export type SavedRow = {
  readonly row: string;
  readonly record: RowRecord;
  readonly believed: number;
  readonly wanted: number;
  readonly wouldPush: number | undefined;
  readonly readBy: number | undefined;
  /** Undefined: it was not read in this turn. */
  readonly readAt: number | undefined;
  readonly dueAt: number | undefined;
  /** What had been heard of it, when it was to be read, and what a person had said, when it was loaded. */
  readonly heard: number;
  readonly called: number | undefined;
  readonly releasedAt: number | undefined;
};

/** What the shop itself did to a row. */
export type MovedRow = {
  readonly row: string;
  readonly record: RowRecord;
  readonly believed: number;
  /** Units sold; 0: none. */
  readonly sold: number;
};

type FoundRow = {
  readonly row: string;
  readonly listing: string;
  readonly sku: string | null;
  readonly units_per_sale: number;
  readonly record: RowRecord | null;
  readonly released_at: number | null;
  readonly heard: number;
  readonly read_by: number | null;
  readonly sold_at: number | null;
  readonly sold_per_day: number;
  readonly would_push: number | null;
  readonly pending: number;
  readonly unconfirmed: number;
  readonly rises_wait: boolean;
};

const recordOf = ({ row, record, released_at: at }: FoundRow): RowRecord => {
  const known = record ? { ...newRecord(row), ...record } : newRecord(row);
  return at === null ? known : released(known, at);
};

const rowOf = (found: FoundRow & { readonly sku: string }): ShopRow => ({
  ...{ row: found.row, listing: found.listing, sku: found.sku, unitsPerSale: found.units_per_sale },
  record: recordOf(found),
  releasedAt: present(found.released_at),
  ...{ heard: found.heard, readBy: present(found.read_by), soldAt: present(found.sold_at) },
  ...{ soldPerDay: found.sold_per_day, wouldPush: present(found.would_push) },
  ...{ pending: found.pending, unconfirmed: found.unconfirmed, risesWait: found.rises_wait },
});

/** Those of these rows that sell something and are kept right. */
export const findRows = async (
  on: Queryable,
  channel: string,
  rows: readonly string[],
): Promise<readonly ShopRow[]> => {
  const found = await ask<FoundRow>(on, sql['find-rows'], [channel, textArray(rows)]);
  return found.flatMap((one) => (one.sku === null ? [] : [rowOf({ ...one, sku: one.sku })]));
};

/** A row that is to be written, as far as is known. */
export type DueRow = {
  readonly row: string;
  readonly believed: number;
  readonly wanted: number;
  readonly soldAt: number | undefined;
  readonly soldPerDay: number;
};

/** Those that are believed to show something else than they should and have their turn: the most urgent ones first. */
export const dueWrites = async (
  on: Queryable,
  channel: string,
  now: number,
  limit: number,
): Promise<readonly DueRow[]> => {
  type Row = Omit<DueRow, 'soldAt' | 'soldPerDay'> & { readonly sold_at: number | null; readonly sold_per_day: number };
  const rows = await ask<Row>(on, sql['list-due-writes'], [channel, now, limit]);
  return rows.map(({ sold_at: soldAt, sold_per_day: soldPerDay, ...row }) => ({
    ...row,
    soldAt: present(soldAt),
    soldPerDay,
  }));
};

/** Those that are believed to be right and are to be looked at: what has waited longest first. */
export const dueLooks = async (
  on: Queryable,
  channel: string,
  now: number,
  limit: number,
): Promise<readonly string[]> => {
  const rows = await ask<{ row: string }>(on, sql['list-due-looks'], [channel, now, limit]);
  return rows.map(({ row }) => row);
};

/** When the next row has its turn; undefined: none has. */
export const nextDue = async (on: Queryable, channel: string): Promise<number | undefined> => {
  const [row] = await ask<{ at: number | null }>(on, sql['next-due'], [channel]);
  return row?.at ?? undefined;
};

export const saveRows = async (on: Queryable, channel: string, rows: readonly SavedRow[]): Promise<void> => {
  const saved = rows.map(({ wouldPush, readBy, readAt, dueAt, releasedAt, called, ...row }) => ({
    ...row,
    ...{ would_push: wouldPush, read_by: readBy, read_at: readAt, due_at: dueAt, released_at: releasedAt, called },
  }));
  if (saved.length > 0) await ask(on, sql['save-rows'], [channel, JSON.stringify(saved)]);
};

/** A shop loses one of two acts at the same moment: its row is read when both are known. Four readings of the feed. */
const movedCheckedMillis = 20_000;

export const moveRows = async (
  on: Queryable,
  channel: string,
  rows: readonly MovedRow[],
  now: number,
): Promise<void> => {
  if (rows.length > 0) await ask(on, sql['move-rows'], [channel, JSON.stringify(rows), now, now + movedCheckedMillis]);
};

/** Pairs were announced. Answers the channels that have rows of them, and those that lack one: their mapping is looked at. */
export const hearPairs = async (
  on: Queryable,
  pairs: readonly AnnouncedPair[],
  now: number,
): Promise<{ readonly due: readonly string[]; readonly unmapped: readonly string[] }> => {
  const rows = pairs.map(({ heldByListing: held, ...pair }) => ({ ...pair, held }));
  const heard = await ask<{ channel: string; is_unmapped: boolean }>(on, sql.hear, [JSON.stringify(rows), now]);
  const channelsWhere = (isUnmapped: boolean): readonly string[] =>
    heard.filter((one) => one.is_unmapped === isUnmapped).map(({ channel }) => channel);
  return { due: channelsWhere(false), unmapped: channelsWhere(true) };
};

/** They are not kept right any more, and why. */
export const barRows = async (on: Queryable, channel: string, rows: readonly string[], why: string): Promise<void> => {
  if (rows.length > 0) await ask(on, sql['bar-rows'], [channel, textArray(rows), why]);
};

/** They are read, whatever is known of them. @param skus undefined: all of the channel */
export const callRows = async (
  on: Queryable,
  channel: string,
  skus: readonly string[] | undefined,
  by: number,
): Promise<void> => {
  await ask(on, sql['call-rows'], [channel, skus ? textArray(skus) : null, by]);
};

/**
 * They are read, but for those that nobody has read yet, that are to be read anyway, and that are believed to show what they
 * showed when they were hinted at. Answers how many are.
 */
export const callHinted = async (
  on: Queryable,
  channel: string,
  hints: readonly RowHint[],
  by: number,
): Promise<number> => (await ask(on, sql['call-hinted'], [channel, JSON.stringify(hints), by])).length;

/**
 * A channel has climbed, or is set otherwise: what was right before may be wrong now, and all of its rows are read once.
 * @param revision of its connection
 */
export const callRowsFor = async (on: Queryable, channel: string, revision: number, by: number): Promise<void> => {
  const noted = await ask(on, sql['note-called-for'], [channel, revision]);
  if (noted.length > 0) await callRows(on, channel, undefined, by);
};

/** How many rows there are that sell something. @param by undefined: all; else those that are still to be read by then */
export const countRows = async (
  on: Queryable,
  channel: string,
  by: number | undefined,
  skus: readonly string[] | undefined,
): Promise<number> => {
  const some = skus ? textArray(skus) : null;
  const [row] = await (by === undefined
    ? ask<{ rows: number }>(on, sql['count-rows'], [channel, some])
    : ask<{ rows: number }>(on, sql['count-to-read'], [channel, by, some]));
  return row?.rows ?? 0;
};

/** What waits for its turn. */
export const standingOf = async (on: Queryable, channel: string, now: number) => {
  type Row = { readonly rows_due: number; readonly orders_under_way: number };
  const [row] = await ask<Row>(on, sql['count-standing'], [channel, now]);
  return { rowsDue: row?.rows_due ?? 0, ordersUnderWay: row?.orders_under_way ?? 0 };
};

/** A person has said what is right: what they show next is where they go on from. */
export const releaseRows = async (
  on: Queryable,
  channel: string,
  rows: readonly string[],
  at: number,
): Promise<void> => {
  await ask(on, sql['release-rows'], [channel, textArray(rows), at]);
};

/** Base units of the SKU in one of the row; undefined: it sells nothing that is known. */
export const unitsOfRow = async (on: Queryable, channel: string, row: string): Promise<number | undefined> => {
  const [found] = await ask<{ units_per_sale: number }>(on, sql['units-of-row'], [channel, row]);
  return found?.units_per_sale;
};

/** Nothing that is known of a channel's rows holds any more: they are read anew. */
export const forgetRows = async (on: Queryable, channel: string, now: number): Promise<void> => {
  await ask(on, sql['forget-rows'], [channel, now]);
};

/** What drift has cost the channel. @param since rises by drift are counted from then on */
export const driftOf = async (on: Queryable, channel: string, since: number) => {
  type Row = { readonly rows: number; readonly drifting: number; readonly raised: number };
  const [row] = await ask<Row>(on, sql['drift-of-channel'], [channel, since]);
  return { rows: row?.rows ?? 0, drifting: row?.drifting ?? 0, raisedToday: row?.raised ?? 0 };
};

/** Rows that nobody has read for so long are read: those that sell much sooner. Answers how many that are. */
export const scanRows = async (on: Queryable, channel: string, now: number, limit: number): Promise<number> => {
  const { busy, selling, all } = scanMillis;
  return (await ask(on, sql['scan-rows'], [channel, now, busy, selling, all, limit])).length;
};

/** A row is read at least so often: where five a day are sold, where one in two days is, and anywhere. */
export const scanMillis = { busy: 900_000, selling: 7_200_000, all: 86_400_000 } as const;
