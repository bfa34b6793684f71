import { quotedName } from '#postgres';
import type { Queryable } from '#postgres';
import { run } from '../sql.js';
import { schemaOf } from '../projection/in-schema.js';
import type { Target } from '../projection/projection.js';
import { versionStatements as sql } from './statements.js';

/** Keys (a SKU, a stream, ...) whose rows are not the same in two versions, by table. Empty: they are equal. */
export type Differences = ReadonlyMap<string, readonly string[]>;

type SharedTable = { readonly table: string; readonly columns: readonly string[] };

/** Compares all rows of two versions that stand at the same position, on the columns that both have. */
export const compareVersions = async (session: Queryable, a: Target, b: Target): Promise<Differences> => {
  const tables = await run<SharedTable>(session, sql['list-columns'], [schemaOf(a), schemaOf(b)]);
  const differences = new Map<string, readonly string[]>();
  for (const table of tables) {
    const { rows } = await session.query<{ key: string }>(differing(table, schemaOf(a), schemaOf(b)));
    if (rows.length > 0)
      differences.set(
        table.table,
        rows.map(({ key }) => key),
      );
  }
  return differences;
};

/** Rows are keyed by the SKU where there is one, else by their first column. */
const differing = ({ table, columns }: SharedTable, a: string, b: string): string => {
  const key = quotedName(columns.includes('sku') ? 'sku' : (columns[0] ?? ''));
  const list = columns.map((column) => quotedName(column)).join(', ');
  const rowsOf = (schema: string): string => `SELECT ${list} FROM ${schema}.${quotedName(table)}`;
  return `SELECT DISTINCT ${key} AS key FROM (
    (${rowsOf(a)} EXCEPT ${rowsOf(b)}) UNION ALL (${rowsOf(b)} EXCEPT ${rowsOf(a)})
  ) AS differing ORDER BY key`;
};
