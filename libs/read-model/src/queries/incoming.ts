import { instantOf, millisOf } from '#event-sourcing';
import type { Instant, Revision } from '#event-sourcing';
import type { Pool } from '#postgres';
import { run } from '../sql.js';
import { cursorOf, InvalidCursorError, keyOfCursor } from './cursor.js';
import { pageOf, rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import type { Backorder, BackorderRisk, ExpectedLine, Queries } from './types.js';

type LineRow = Omit<ExpectedLine, 'orderedAt' | 'eta' | 'remaining'> & {
  readonly ordered_at: Instant;
  readonly eta: Instant | null;
};
type PromiseRow = {
  readonly sku: string;
  readonly channel: string;
  readonly order_key: string;
  readonly line: string;
  readonly incoming_line: string;
  readonly date: Instant;
  readonly quantity: number;
  readonly paid: boolean;
  readonly placed_at: Instant;
  readonly revision: Revision;
  readonly at_risk: number;
  readonly why: BackorderRisk | null;
};

/** What is to come, and who was promised it. */
export const incomingQueries = (pool: Pool): Pick<Queries, 'incoming' | 'backorders'> => ({
  incoming: async (page, { sku = null, location = null } = {}) => {
    const size = rowsOf(page);
    const parameters = [...keyOfCursor(page.after, 2), size + 1, sku, location];
    const rows = await run<LineRow>(pool, sql['list-incoming'], parameters);
    return pageOf(rows.map(lineOf), size, (row) => cursorOf(row.sku, row.line));
  },
  backorders: async (page, { channel = null, sku = null, at = null, atRisk = false } = {}) => {
    const size = rowsOf(page);
    const parameters = [at, ...startOf(page.after), size + 1, channel, sku, atRisk];
    const rows = await run<PromiseRow>(pool, sql['list-backorders'], parameters);
    return pageOf(rows.map(backorderOf), size, (row) =>
      cursorOf(row.date, row.sku, row.channel, row.orderKey, row.line, row.incomingLine),
    );
  },
});

const lineOf = ({ ordered_at: orderedAt, eta, ...row }: LineRow): ExpectedLine => ({
  ...row,
  orderedAt,
  ...(eta !== null && { eta }),
  remaining: row.quantity - row.received,
});

const backorderOf = (row: PromiseRow): Backorder => {
  const { order_key: orderKey, incoming_line: incomingLine, placed_at: placedAt, at_risk: units, why, ...rest } = row;
  return { ...rest, orderKey, incomingLine, placedAt, ...(why !== null && { atRisk: { units, why } }) };
};

/** Before all promises. */
const beforeAll = ['-infinity', '', '', '', '', ''];

/** @throws InvalidCursorError */
const startOf = (cursor: string | undefined): readonly string[] => {
  if (cursor === undefined) return beforeAll;
  const key = keyOfCursor(cursor, beforeAll.length);
  const millis = millisOf(key[0] ?? '');
  if (!Number.isNaN(millis) && instantOf(millis) === key[0]) return key;
  throw new InvalidCursorError('Not a cursor of the backorders');
};
