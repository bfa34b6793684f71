import type { Position } from '#event-sourcing';
import { loadStatements, prepared, type Module, type Pool } from '#postgres';
import type { BackstopCheckpoint } from '../orders/index.js';

/** Its table. */
export const sagasModule: Module = {
  name: 'sagas',
  migrations: new URL('./migrations/', import.meta.url),
  serviceWrites: ['sagas'],
};

const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'forget-checkpoints',
  'load-checkpoint',
  'save-checkpoint',
]);

/** How far a subscription of the write side has come, in PostgreSQL. */
export const postgresCheckpoint = (pool: Pool, name: string): BackstopCheckpoint => ({
  load: async () => {
    const { rows } = await pool.query<{ position: Position }>(prepared(sql['load-checkpoint'], [name]));
    return rows[0]?.position;
  },
  save: async (after) => {
    await pool.query(prepared(sql['save-checkpoint'], [name, after]));
  },
});

/** Every subscription of the write side reads the log once more from its beginning: after it has moved to another store. */
export const forgetCheckpoints = async (pool: Pool): Promise<void> => {
  await pool.query(prepared(sql['forget-checkpoints']));
};

/** Forgotten with the process: every start reads from the beginning. */
export const memoryCheckpoint = (): BackstopCheckpoint => {
  let position: Position | undefined;
  return {
    load: () => Promise.resolve(position),
    save: (after) => {
      position = after;
      return Promise.resolve();
    },
  };
};
