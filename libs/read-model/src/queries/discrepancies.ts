import type { Instant } from '#event-sourcing';
import type { Pool } from '#postgres';
import { discrepanciesOf } from '../discrepancies/match-facts.js';
import type { ToldFact } from '../history/fold-facts.js';
import { run } from '../sql.js';
import { cursorOf, keyOfCursor } from './cursor.js';
import { rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import { witnessFactsMax } from './types.js';
import type { Discrepancy, Page, Queries } from './types.js';

type FactRow = Pick<ToldFact, 'sku' | 'kind' | 'connection' | 'version' | 'witness' | 'location' | 'units'> & {
  readonly source_key: string;
  readonly document: string | null;
  readonly channel: string | null;
  readonly order_key: string | null;
  readonly line: string | null;
  readonly occurred_at: Instant;
  readonly recorded_at: Instant;
  /** The moment that the answer is of. */
  readonly at: Instant;
};

/** What witnesses said and authors did not, matched when it is asked: the rows are the facts as they stand, and nothing else. */
export const discrepancyQueries = (pool: Pool): Pick<Queries, 'discrepancies'> => ({
  discrepancies: async (page, { sku = null, connection = null, location, at = null } = {}) => {
    const [fromSku = '', afterKey = ''] = keyOfCursor(page.after, 2);
    const parameters = [fromSku, afterKey !== '', witnessFactsMax, sku, connection, at];
    const rows = await run<FactRow>(pool, sql['list-told-facts'], parameters);
    const isNext = (row: Discrepancy): boolean => row.sku !== fromSku || keyOf(row) > afterKey;
    const isAsked = (row: Discrepancy): boolean => location === undefined || row.location === location;
    const open = openAmong(rows).filter((row) => isNext(row) && isAsked(row));
    return pageOf(open, rowsOf(page), lookedThrough(rows));
  },
});

const openAmong = (rows: readonly FactRow[]): readonly Discrepancy[] => {
  const skus = new Map<string, ToldFact[]>();
  for (const row of rows) {
    const facts = skus.get(row.sku);
    if (facts === undefined) skus.set(row.sku, [factOf(row)]);
    else facts.push(factOf(row));
  }
  const at = rows[0]?.at ?? '';
  return [...skus.values()].flatMap((facts) =>
    discrepanciesOf(facts)
      .filter(({ since }) => since <= at)
      .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
  );
};

/** The last SKU that was looked through, if there may be more. */
const lookedThrough = (rows: readonly FactRow[]): string | undefined =>
  rows.filter(({ witness }) => witness).length < witnessFactsMax ? undefined : rows.at(-1)?.sku;

const pageOf = (open: readonly Discrepancy[], size: number, through: string | undefined): Page<Discrepancy> => {
  const rows = open.slice(0, size);
  const last = rows.at(-1);
  if (open.length > size && last !== undefined) return { rows, next: cursorOf(last.sku, keyOf(last)) };
  return { rows, ...(through !== undefined && { next: cursorOf(through, '') }) };
};

/** Among the discrepancies of a SKU. Codes have no quotes: texts differ where the keys do. */
const keyOf = ({ connection, kind, by, location, order, document, sourceKey }: Discrepancy): string => {
  if (by === 'order_line') return JSON.stringify([connection, kind, by, order?.channel, order?.orderKey, order?.line]);
  return JSON.stringify([connection, kind, by, location, by === 'document' ? document : sourceKey]);
};

const factOf = ({
  source_key,
  document,
  channel,
  order_key,
  line,
  occurred_at,
  recorded_at,
  ...row
}: FactRow): ToldFact => ({
  ...{ sku: row.sku, kind: row.kind, connection: row.connection, version: row.version, witness: row.witness },
  ...{ location: row.location, units: row.units, sourceKey: source_key },
  ...{ occurredAt: occurred_at, recordedAt: recorded_at },
  ...(document !== null && { document }),
  ...(channel !== null && order_key !== null && line !== null && { order: { channel, orderKey: order_key, line } }),
});
