import type { Pool } from '#postgres';
import { run } from '../sql.js';
import { cursorOf, keyOfCursor } from './cursor.js';
import { pageOf, rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import type { Queries, RunRow } from './types.js';

export const runQueries = (pool: Pool): Pick<Queries, 'runs'> => ({
  runs: async (state, page) => {
    const size = rowsOf(page);
    const parameters = [state ?? '', ...keyOfCursor(page.after, 2), size + 1];
    const rows = await run<RunRow>(pool, sql['list-runs'], parameters);
    return pageOf(rows, size, (last) => cursorOf(last.connection, last.run));
  },
});
