import type { BundleComponent } from '#atp';
import type { Instant, Revision } from '#event-sourcing';
import { textArray } from '#postgres';
import type { Queryable } from '#postgres';
import { run } from '../sql.js';
import { readSkuRows } from './sku-rows.js';
import type { SkuRow } from './sku-rows.js';
import { supplyStatements } from './statements.js';

/** A recipe as the fold has it. Without components the SKU is a bundle no longer. */
export type BundleRow = {
  readonly sku: string;
  readonly components: readonly BundleComponent[];
  readonly revision: Revision;
  /** Of the event that set the recipe. */
  readonly position: number;
  readonly at: Instant;
  readonly listed_by: readonly string[];
};

/** A bundle with the rows of those of its components that were ever stocked. */
export type SuppliedBundle = BundleRow & { readonly rows: ReadonlyMap<string, SkuRow> };

/** The recipes of those SKUs that have one, in no order. */
export const readBundleRows = (session: Queryable, skus: readonly string[]): Promise<readonly BundleRow[]> =>
  run<BundleRow>(session, supplyStatements['read-bundles'], [textArray(skus)]);

/**
 * Bundles with their components, which are read in one statement: at one moment, like any SKU's balances. The recipes were
 * read before them, as policies are.
 */
export const withComponents = async (
  session: Queryable,
  bundles: readonly BundleRow[],
): Promise<readonly SuppliedBundle[]> => {
  const skus = new Set(bundles.flatMap(({ components }) => components.map(({ sku }) => sku)));
  if (skus.size === 0) return bundles.map((bundle) => ({ ...bundle, rows: new Map() }));
  const rows = new Map((await readSkuRows(session, [...skus])).map((row) => [row.sku, row]));
  return bundles.map((bundle) => ({ ...bundle, rows }));
};

/** Is the SKU answered for as a bundle? One that has ended is, with nothing, until it is stocked itself. */
export const isBundle = ({ components }: Pick<BundleRow, 'components'>, own: SkuRow | undefined): boolean =>
  components.length > 0 || own === undefined;
