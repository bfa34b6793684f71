import { NO_STREAM, numberOf } from '#event-sourcing';
import type { EventStore, Instant } from '#event-sourcing';
import { applyPolicyEvent, bundleStream, emptyBook } from '#policies';
import type { BundleRow, SuppliedBundle } from '../supply/bundle-rows.js';
import type { SkuRow } from '../supply/sku-rows.js';
import { recordedUpTo } from './recorded-up-to.js';
import { skuRowAt } from './sku-row-at.js';

/** The recipe that a SKU had at a moment; undefined: it had never had one. */
export const recipeAt = async (
  store: Pick<EventStore, 'read'>,
  sku: string,
  at: Instant,
): Promise<BundleRow | undefined> => {
  let book = emptyBook;
  let position = 0;
  for await (const events of recordedUpTo(store, [bundleStream(sku)], at)) {
    book = events.reduce(applyPolicyEvent, book);
    position = numberOf(events.at(-1)?.position) || position;
  }
  const recipe = book.bundles.get(sku);
  return recipe && { sku, components: recipe.components, revision: recipe.revision, position, at, listed_by: [] };
};

/** The bundle with its components as they were then, one after another: each takes as much as a SKU by itself. */
export const suppliedAt = async (
  store: Pick<EventStore, 'read'>,
  bundle: BundleRow,
): Promise<SuppliedBundle | 'too_many_events'> => {
  const rows = new Map<string, SkuRow>();
  for (const { sku } of bundle.components) {
    const past = await skuRowAt(store, sku, bundle.at);
    if (past.kind === 'too_many_events') return past.kind;
    if (past.row.revision !== NO_STREAM) rows.set(sku, past.row);
  }
  return { ...bundle, rows };
};
