import type { Pool } from '#postgres';
import { readRunSurroundings } from '#read-model';
import type { Surroundings } from './evidence.js';

/** As the read model knows them. */
export const surroundingsOf =
  (pool: Pool): Surroundings =>
  (asked) =>
    readRunSurroundings(pool, asked);
