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

const frozenFrom = ({ line, product }: SnapshotLine, nth: number, meaning: Meaning): FrozenLine => ({
  key: frozenKey(line, nth),
  line,
  product: productKey(product),
  sku: meaning.sku,
  unitsPerSale: meaning.unitsPerSale,
  ...(meaning.listing === undefined ? {} : { listing: meaning.listing }),
});

/**
 * Freezes each line at first sight: what (line id, product) means never changes again, however often its listing does.
 * A line without a listing waits and holds nobody up.
 */
export const freeze = (
  state: OrderState,
  snapshot: Snapshot,
  resolutions: ReadonlyMap<string, Resolution>,
): Freezing => {
  const frozen = byLineId(state.frozen);
  const added: FrozenLine[] = [];
  const unmapped: UnmappedLine[] = [];
  for (const line of snapshot.lines) {
    if (isFrozen(frozen, line)) continue;
    const meaning = meaningOf(line.product, resolutions);
    if (meaning !== undefined) added.push(frozenFrom(line, (frozen.get(line.line)?.length ?? 0) + 1, meaning));
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
