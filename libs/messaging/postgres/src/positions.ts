import type { PartitionPosition, PositionStore } from '#messaging';
import { type Pool, prepared } from '#postgres';
import { sql } from './statements.js';

type Row = {
  readonly partition: number;
  readonly next: number;
  readonly last_offset: number | null;
  readonly last_fingerprint: string | null;
};

/**
 * Positions of groups in PostgreSQL, with every transport. A position is on disk when its move has resolved.
 * @param pool of the service's role
 */
export const createPostgresPositions = (pool: Pool): PositionStore => ({
  load: async (group, topic) => {
    const { rows } = await pool.query<Row>(prepared(sql['load-positions'], [group, topic]));
    return new Map(rows.map((row) => [row.partition, positionOf(row)]));
  },
  advance: async (group, topic, partition, to) => {
    const values = [group, topic, partition, ...columnsOf(to)];
    const { rows } = await pool.query<Row>(prepared(sql['advance-position'], values));
    return rows[0] === undefined ? to : positionOf(rows[0]);
  },
  reset: async (group, topic, partition, to) => {
    await pool.query(prepared(sql['reset-position'], [group, topic, partition, ...columnsOf(to)]));
  },
});

const columnsOf = ({ next, last }: PartitionPosition): readonly unknown[] => [
  next,
  last?.offset ?? null,
  last?.fingerprint ?? null,
];

const positionOf = ({ next, last_offset: offset, last_fingerprint: fingerprint }: Row): PartitionPosition => ({
  next,
  ...(offset !== null && fingerprint !== null && { last: { offset, fingerprint } }),
});
