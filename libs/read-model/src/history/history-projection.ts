import type { RecordedEvent } from '#event-sourcing';
import { loadStatements } from '#postgres';
import type { Pool, Queryable, Statement } from '#postgres';
import { run } from '../sql.js';
import { fencedJson } from '../balances/counts.js';
import type { Counts, PlainBucket } from '../balances/counts.js';
import { applyFrom, readCheckpoint } from '../projection/checkpoint.js';
import { arraysOf, plain, text, writeRows } from '../projection/columns.js';
import type { Columns } from '../projection/columns.js';
import { statementsOf } from '../projection/statements.js';
import type { Projection } from '../projection/projection.js';
import { foldEntries, levelsOf, placeKey, unknownPlaces } from './fold-entries.js';
import type { HistoryEntry, Place } from './fold-entries.js';
import { factColumns, factKeyColumns } from './fact-columns.js';
import { foldFacts } from './fold-facts.js';
import { levelCache } from './level-cache.js';

const files = loadStatements(new URL('./sql/', import.meta.url), [
  'delete-facts',
  'insert-entries',
  'read-levels',
  'set-facts',
]);

/**
 * What every event left behind, for questions about the past, and the facts that were told, to be compared. The levels that a batch starts from are the last entries
 * of its places; those of the batches before are remembered as long as nobody else has moved the checkpoint.
 */
export const historyProjection = (pool: Pool, version: number): Projection => {
  const target = { name: 'history', version } as const;
  const sql = statementsOf(files, target);
  const cache = levelCache();
  return {
    target,
    checkpoint: () => readCheckpoint(pool, target),
    apply: async (events, from, to) => {
      const applied = await applyFrom(pool, target, from, to, async (session) => {
        const known = cache.startingFrom(from);
        await learn(session, sql['read-levels'], known, events);
        const { told, gone } = foldFacts(events);
        await Promise.all([
          writeRows(session, sql['insert-entries'], foldEntries(events, levelsOf(known)), entryColumns),
          writeRows(session, sql['delete-facts'], gone, factKeyColumns),
          writeRows(session, sql['set-facts'], told, factColumns),
        ]);
      });
      cache.keep(applied === 'applied' ? to : undefined);
      return applied;
    },
  };
};

type LevelRow = { readonly [Bucket in PlainBucket]: number } & {
  readonly sku: string;
  readonly location: string;
  readonly fenced: Record<string, number> | null;
};

const learn = async (
  session: Queryable,
  readLevels: Statement,
  known: Map<string, Counts>,
  events: readonly RecordedEvent[],
): Promise<void> => {
  const unknown = unknownPlaces(events, known);
  if (unknown.length === 0) return;
  for (const row of await run<LevelRow>(session, readLevels, arraysOf(unknown, placeColumns)))
    known.set(placeKey(row.sku, row.location), countsOf(row));
};

const countsOf = (row: LevelRow): Counts => ({
  sellable: row.sellable,
  reserved: row.reserved,
  committed: row.committed,
  quarantined: row.quarantined,
  damaged: row.damaged,
  fenced: { ...row.fenced },
});

const placeColumns: Columns<Place> = [text((place) => place.sku), text((place) => place.location)];

const entryColumns: Columns<HistoryEntry> = [
  text((entry) => entry.sku),
  text((entry) => entry.location),
  plain((entry) => entry.revision),
  plain((entry) => entry.recordedAt),
  plain((entry) => entry.occurredAt),
  plain((entry) => entry.position),
  plain((entry) => entry.physicalDelta),
  plain((entry) => entry.after.sellable),
  plain((entry) => entry.after.reserved),
  plain((entry) => entry.after.committed),
  plain((entry) => entry.after.quarantined),
  plain((entry) => entry.after.damaged),
  text((entry) => fencedJson(entry.after)),
];
