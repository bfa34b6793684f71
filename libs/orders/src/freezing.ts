import { recipeOf, type RecipeBook } from '#atp';
import type { Resolution } from './commands.js';
import type { FrozenLine, LineProduct, ListedProduct, Snapshot, SnapshotLine, UnmappedLine } from './events.js';
import { frozenKey, productKey } from './product.js';
import type { OrderState } from './state.js';

/** What a snapshot adds to the frozen lines, and its lines that no listing explains yet. */
export type Freezing = { readonly added: readonly FrozenLine[]; readonly unmapped: readonly UnmappedLine[] };

type Frozen = ReadonlyMap<string, readonly FrozenLine[]>;

/** The frozen lines of each line id, one per product that it has had. */
const byLineId = (frozen: readonly FrozenLine[]): Frozen => {
  const lines = new Map<string, FrozenLine[]>();
  for (const each of frozen) lines.set(each.line, [...(lines.get(each.line) ?? []), each]);
  return lines;
};

const isFrozen = (frozen: Frozen, { line, product }: SnapshotLine): boolean =>
  frozen.get(line)?.some((each) => each.product === productKey(product)) ?? false;

type Meaning = Pick<FrozenLine, 'sku' | 'unitsPerSale' | 'listing'>;

const meaningOf = (product: LineProduct, resolutions: ReadonlyMap<string, Resolution>): Meaning | undefined =>
  'sku' in product ? { sku: product.sku, unitsPerSale: product.unitsPerSale } : resolutions.get(productKey(product));

const bundleOf = (sku: string, bundles: RecipeBook): Pick<FrozenLine, 'bundle'> => {
  const recipe = recipeOf(bundles, sku);
  return recipe === undefined ? {} : { bundle: { revision: recipe.revision, components: recipe.components } };
};

const frozenFrom = (
  { line, product }: SnapshotLine,
  nth: number,
  meaning: Meaning,
  bundles: RecipeBook,
): FrozenLine => ({
  key: frozenKey(line, nth),
  line,
  product: productKey(product),
  sku: meaning.sku,
  unitsPerSale: meaning.unitsPerSale,
  ...(meaning.listing === undefined ? {} : { listing: meaning.listing }),
  ...bundleOf(meaning.sku, bundles),
});

/** What lines may mean now: what listings say of products, and what bundles stand for. */
type Meanings = { readonly resolutions: ReadonlyMap<string, Resolution>; readonly bundles: RecipeBook };

/**
 * Freezes each line at first sight: what (line id, product) means never changes again, however often its listing does.
 * A line of a bundle is frozen with its recipe. A line without a listing waits and holds nobody up.
 */
export const freeze = (state: OrderState, snapshot: Snapshot, { resolutions, bundles }: Meanings): Freezing => {
  const frozen = byLineId(state.frozen);
  const added: FrozenLine[] = [];
  const unmapped: UnmappedLine[] = [];
  for (const line of snapshot.lines) {
    if (isFrozen(frozen, line)) continue;
    const meaning = meaningOf(line.product, resolutions);
    if (meaning !== undefined) added.push(frozenFrom(line, (frozen.get(line.line)?.length ?? 0) + 1, meaning, bundles));
    else if ('ids' in line.product) unmapped.push({ line: line.line, ids: line.product.ids });
  }
  return { added, unmapped };
};

/**
 * The products whose listings must be read before this snapshot is decided: those of lines that are not frozen yet.
 * A state that is older than the one decided on names too many, never too few.
 */
export const productsToResolve = (state: OrderState, snapshot: Snapshot): readonly ListedProduct[] => {
  const frozen = byLineId(state.frozen);
  const products = new Map<string, ListedProduct>();
  for (const line of snapshot.lines) {
    if ('ids' in line.product && !isFrozen(frozen, line)) products.set(productKey(line.product), line.product.ids);
  }
  return [...products.values()];
};
