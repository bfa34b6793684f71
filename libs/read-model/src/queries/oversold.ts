import { instantOf, millisOf } from '#event-sourcing';
import type { Pool } from '#postgres';
import { run } from '../sql.js';
import { cursorOf, InvalidCursorError, keyOfCursor } from './cursor.js';
import { oversoldLineOf } from './oversold-line.js';
import type { OwedRow } from './oversold-line.js';
import { pageOf, rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import { coverPlacesMax } from './types.js';
import type { CoverPlace, CoverTransfer, CoverableLine, Queries } from './types.js';

type Row = OwedRow & {
  readonly places: readonly CoverPlace[] | null;
  readonly transfers: readonly CoverTransfer[] | null;
};

/** The work queue of what is owed, with what could cover it. */
export const oversoldQueries = (pool: Pool): Pick<Queries, 'oversold'> => ({
  oversold: async (page, { channel = null, sku = null } = {}) => {
    const size = rowsOf(page);
    const parameters = [...startOf(page.after), size + 1, channel, sku, coverPlacesMax];
    const rows = await run<Row>(pool, sql['list-oversold'], parameters);
    return pageOf(rows.map(lineOf), size, cursorAfter);
  },
});

const lineOf = ({ places, transfers, ...row }: Row): CoverableLine => ({
  ...oversoldLineOf(row),
  places: places ?? [],
  transfers: transfers ?? [],
});

const cursorAfter = ({ paid, placedAt, sku, channel, orderKey, line }: CoverableLine): string =>
  cursorOf(String(!paid), placedAt, sku, channel, orderKey, line);

/** Before all lines: nobody is older than that. */
const beforeAll = ['false', '-infinity', '', '', '', ''];

/** @throws InvalidCursorError */
const startOf = (cursor: string | undefined): readonly string[] => {
  if (cursor === undefined) return beforeAll;
  const key = keyOfCursor(cursor, beforeAll.length);
  const [unpaid = '', placedAt = ''] = key;
  const millis = millisOf(placedAt);
  if (/^(true|false)$/u.test(unpaid) && !Number.isNaN(millis) && instantOf(millis) === placedAt) return key;
  throw new InvalidCursorError('Not a cursor of the oversold lines');
};
