import type { Position } from '#event-sourcing';
import type { CursorStore } from '#messaging';
import { prepared, type Pool } from '#postgres';
import { sql } from './statements.js';

/** How far a relay has come, in PostgreSQL. */
export const postgresCursor = (pool: Pool, name: string): CursorStore<Position> => ({
  load: async () => {
    const { rows } = await pool.query<{ cursor: Position }>(prepared(sql['load-cursor'], [name]));
    return rows[0]?.cursor;
  },
  save: async (cursor) => {
    await pool.query(prepared(sql['save-cursor'], [name, cursor]));
  },
});
