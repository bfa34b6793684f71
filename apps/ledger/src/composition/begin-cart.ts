import { explodedLines, hasBundles, type AskedLine } from '../reservations/index.js';
import type { CartIndex, KnownCart } from '../cart-index/index.js';

/** SKUs that one cart may hold once its bundles are their components: each is an append in turn. */
export const cartSkusMax = 500;

export type TooManySkus = { readonly kind: 'too_many_skus'; readonly skus: number; readonly max: number };

/** What a cart is set to, and all that it may hold: written before it is tried, so no answer that is lost loses a hold. */
export type BegunCart =
  { readonly kind: 'begun'; readonly asked: readonly AskedLine[]; readonly known: KnownCart } | TooManySkus;

type Beginning = {
  readonly reservation: string;
  readonly ttlMillis: number;
  readonly commandId: string;
  readonly asked: readonly AskedLine[];
};

/**
 * Under its own id again a cart stands for what it stood for: its bundles may stand for something else by now, or be
 * none any more.
 */
export const beginCart = async (index: CartIndex, beginning: Beginning): Promise<BegunCart> => {
  const { reservation, commandId, asked } = beginning;
  const repeated = hasBundles(asked) ? askedBefore(await index.find(reservation), commandId) : undefined;
  const wanted = repeated ?? asked;
  const skus = skusOf(wanted).length;
  if (skus > cartSkusMax) return { kind: 'too_many_skus', skus, max: cartSkusMax };
  const known = await add(index, beginning, wanted);
  const before = askedBefore(known, commandId) ?? wanted;
  const named = new Set(known.skus);
  const isWritten = skusOf(before).every((sku) => named.has(sku));
  return { kind: 'begun', asked: before, known: isWritten ? known : await add(index, beginning, before) };
};

const add = (
  index: CartIndex,
  { reservation, ttlMillis, commandId }: Beginning,
  asked: readonly AskedLine[],
): Promise<KnownCart> =>
  index.add(reservation, {
    ...{ skus: skusOf(asked), ttlMillis },
    ...(hasBundles(asked) && { exploded: { commandId, asked } }),
  });

const askedBefore = (known: KnownCart | undefined, commandId: string): readonly AskedLine[] | undefined =>
  known?.exploded?.commandId === commandId ? known.exploded.asked : undefined;

const skusOf = (asked: readonly AskedLine[]): readonly string[] => [
  ...new Set(explodedLines(asked).map(({ sku }) => sku)),
];
