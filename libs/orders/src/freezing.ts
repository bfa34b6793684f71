import type { Changing } from '#event-sourcing';
import { recipeOf, type RecipeBook } from '#atp';
import type { Resolution } from './commands.js';
import type { FrozenBundle, FrozenLine, ListedProduct, Snapshot, UnmappedLine } from './events.js';
import { frozenKey, productKey, type NamedLine } from './product.js';
import type { OrderState } from './state.js';

/** What a snapshot adds to the frozen lines, and its lines that no listing explains yet. */
export type Freezing = { readonly added: readonly FrozenLine[]; readonly unmapped: readonly UnmappedLine[] };

type Frozen = ReadonlyMap<string, readonly FrozenLine[]>;

/** The frozen lines of each line id, one per product that it has had. */
const byLineId = (frozen: readonly FrozenLine[]): Frozen => {
  const lines = new Map<string, FrozenLine[]>();
  for (const each of frozen) {
    const ofLine = lines.get(each.line);
    if (ofLine === undefined) lines.set(each.line, [each]);
    else ofLine.push(each);
  }
  return lines;
};

const isFrozen = (frozen: Frozen, { line, product }: NamedLine): boolean =>
  frozen.get(line.line)?.some((each) => each.product === product) ?? false;

type Meaning = Pick<FrozenLine, 'sku' | 'unitsPerSale' | 'listing'>;

const meaningOf = ({ line, product }: NamedLine, resolutions: ReadonlyMap<string, Resolution>): Meaning | undefined =>
  'sku' in line.product ? line.product : resolutions.get(product);

const bundleOf = (sku: string, bundles: RecipeBook): FrozenBundle | undefined => {
  const recipe = recipeOf(bundles, sku);
  return recipe && { revision: recipe.revision, components: recipe.components };
};

const frozenFrom = (
  { line: { line }, product }: NamedLine,
  nth: number,
  { sku, unitsPerSale, listing }: Meaning,
  bundles: RecipeBook,
): FrozenLine => {
  const frozen: Changing<FrozenLine> = { key: frozenKey(line, nth), line, product, sku, unitsPerSale };
  if (listing !== undefined) frozen.listing = listing;
  const bundle = bundleOf(sku, bundles);
  if (bundle !== undefined) frozen.bundle = bundle;
  return frozen;
};

/** What lines may mean now: what listings say of products, and what bundles stand for. */
type Meanings = { readonly resolutions: ReadonlyMap<string, Resolution>; readonly bundles: RecipeBook };

/**
 * Freezes each line at first sight: what (line id, product) means never changes again, however often its listing does.
 * A line of a bundle is frozen with its recipe. A line without a listing waits and holds nobody up.
 */
export const freeze = (
  state: OrderState,
  lines: ReadonlyMap<string, NamedLine>,
  { resolutions, bundles }: Meanings,
): Freezing => {
  const frozen = byLineId(state.frozen);
  const added: FrozenLine[] = [];
  const unmapped: UnmappedLine[] = [];
  for (const named of lines.values()) {
    if (isFrozen(frozen, named)) continue;
    const { line, product } = named.line;
    const meaning = meaningOf(named, resolutions);
    if (meaning !== undefined) added.push(frozenFrom(named, (frozen.get(line)?.length ?? 0) + 1, meaning, bundles));
    else if ('ids' in product) unmapped.push({ line, ids: product.ids });
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
    if (!('ids' in line.product)) continue;
    const product = productKey(line.product);
    if (!isFrozen(frozen, { line, product })) products.set(product, line.product.ids);
  }
  return [...products.values()];
};
