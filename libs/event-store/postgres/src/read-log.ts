import { type Pool, prepared, type Statement } from '#postgres';
import { batchBytesMax } from './bounds.js';
import { type EventRow, eventOfRow } from './recorded-event.js';
import type { RecordedEvent } from '#event-sourcing';
import { sql } from './statements.js';

/** A piece of the log: after a position, up to another one, so many events at most. */
export type Piece = { readonly after: number; readonly upTo: number; readonly eventsMax: number };
export type Read = { readonly events: readonly RecordedEvent[]; readonly after: number };

export type OnRead = (event: RecordedEvent, canonical: string) => void;

/** @throws Error when a position is missing: the log was tampered with, and whoever went on would build on the hole */
export const readLog = async (pool: Pool, piece: Piece, onRead?: OnRead): Promise<Read> => {
  const rows = await select(pool, sql['read-log'], piece);
  rows.forEach(({ position }, index) => {
    const expected = piece.after + 1 + index;
    if (position !== expected) throw new Error(`Position ${expected} is missing from the log: ${position} follows`);
  });
  if (rows.length === 0) throw new Error(`Position ${piece.after + 1} is missing from the log`);
  const events = rows.map(eventOfRow);
  if (onRead) events.forEach((event, index) => onRead(event, (rows[index] as EventRow).canonical));
  return { events, after: piece.after + rows.length };
};

/** Only the kinds named; positions have gaps then. What was looked through without a find is behind us too. */
export const readLogOfKinds = async (pool: Pool, piece: Piece, kinds: readonly string[]): Promise<Read> => {
  const rows = await select(pool, sql['read-log-of-kinds'], piece, kinds);
  const whole = rows.length < piece.eventsMax && bytesOf(rows) < batchBytesMax;
  return { events: rows.map(eventOfRow), after: whole ? piece.upTo : (rows.at(-1)?.position ?? piece.upTo) };
};

const select = async (
  pool: Pool,
  statement: Statement,
  { after, upTo, eventsMax }: Piece,
  ...more: unknown[]
): Promise<readonly EventRow[]> =>
  (await pool.query<EventRow>(prepared(statement, [after, upTo, eventsMax, batchBytesMax, ...more]))).rows;

/** As PostgreSQL counts them: a batch that reached its bytes may have been cut there. */
const bytesOf = (rows: readonly EventRow[]): number =>
  rows.reduce((bytes, { canonical }) => bytes + Buffer.byteLength(canonical), 0);
