import type { Pool } from '#postgres';
import { foldProjection } from '../fold/fold-projection.js';
import { historyProjection } from '../history/history-projection.js';
import { indexProjection } from '../keys/index-projection.js';
import type { Projection, Target } from '../projection/projection.js';

/** The projection that writes the tables of one version. */
export const projectionOf = (pool: Pool, { name, version }: Target): Projection => {
  switch (name) {
    case 'fold':
      return foldProjection(pool, version);
    case 'history':
      return historyProjection(pool, version);
    case 'index':
      return indexProjection(pool, version);
    default:
      return name satisfies never;
  }
};
