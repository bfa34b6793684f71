import type { Pool } from '#postgres';
import { listUnsweptSkus } from '#read-model';
import type { UnsweptSkus } from './unswept-skus.js';

/** As the read model knows them. */
export const unsweptSkusOf =
  (pool: Pool): UnsweptSkus =>
  (now, after, skusMax) =>
    listUnsweptSkus(pool, now, after, skusMax);
