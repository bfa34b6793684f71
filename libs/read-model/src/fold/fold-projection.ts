import { textArray } from '#postgres';
import type { Pool, Queryable } from '#postgres';
import { run } from '../sql.js';
import { applyFrom, readCheckpoint } from '../projection/checkpoint.js';
import type { Projection } from '../projection/projection.js';
import { duePriority } from '../announcer/priority.js';
import type { FoldChanges } from './changes.js';
import { foldBatch } from './fold-batch.js';
import { foldStatements } from './statements.js';
import type { FoldStatements } from './statements.js';
import { writeChanges } from './write-changes.js';

/**
 * What atp needs of every SKU. The live version, and only it, says in the same transaction which SKUs are due to be
 * announced; whether it is live is read under the lock that a switch takes.
 */
export const foldProjection = (pool: Pool, version: number): Projection => {
  const target = { name: 'fold', version } as const;
  const sql = foldStatements(target);
  return {
    target,
    checkpoint: () => readCheckpoint(pool, target),
    apply: async (events, from, to) => {
      const changes = foldBatch(events);
      return applyFrom(pool, target, from, to, async (session) => {
        const [former, [live]] = await Promise.all([
          writeChanges(session, sql, changes),
          run<{ live: number }>(session, sql['read-live']),
        ]);
        if (live?.live === version) await putIntoDue(session, sql, changes, former);
      });
    },
  };
};

const putIntoDue = async (
  session: Queryable,
  sql: FoldStatements,
  changes: FoldChanges,
  formerlyListed: readonly string[],
): Promise<void> => {
  const skus = new Set([
    ...changes.heads.keys(),
    ...changes.skuPolicies.keys(),
    ...changes.bundles.keys(),
    ...formerlyListed,
  ]);
  for (const { sku } of changes.listings.values()) skus.add(sku);
  if (skus.size > 0) await run(session, sql['put-due'], [textArray([...skus]), duePriority.events]);
  if (changes.channels.size > 0 || changes.locations.size > 0) await run(session, sql['begin-sweep'], ['policies']);
};
