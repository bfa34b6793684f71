import { prepared, type Pool } from '#postgres';
import type { AlarmStore } from './alarm-store.js';
import { sql } from './statements.js';

/** Alarms of the intake in PostgreSQL. */
export const postgresAlarms = (pool: Pool): AlarmStore => ({
  raise: async ({ topic, partition, reason, position }) => {
    await pool.query(prepared(sql['raise-alarm'], [topic, partition, reason, position.next]));
  },
  isRaised: async (topic, partition) => {
    const { rows } = await pool.query(prepared(sql['find-alarm'], [topic, partition]));
    return rows.length > 0;
  },
  settle: async (topic, partition) => {
    await pool.query(prepared(sql['settle-alarm'], [topic, partition]));
  },
});
