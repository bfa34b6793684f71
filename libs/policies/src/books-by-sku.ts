import { channelsFor, type SkuPolicy } from '#atp';
import type { PolicyBook } from './policy-book.js';

/** The policies that decisions on one SKU rest on; `sku`: what it has of its own, which its channels say already. */
export type BookOfSku = Pick<PolicyBook, 'channels' | 'locations'> & { readonly sku?: SkuPolicy };

const bookOf = (book: PolicyBook, sku: SkuPolicy): BookOfSku => ({
  channels: channelsFor(book.channels, sku),
  locations: book.locations,
  sku,
});

/**
 * Answers the book of a SKU: the very book where it has nothing of its own, else one that is made once for each book. Holds at most as
 * many as there are SKUs with terms of their own.
 */
export const booksBySku = (book: () => PolicyBook): ((sku: string) => BookOfSku) => {
  let of: PolicyBook | undefined;
  let made = new Map<string, BookOfSku>();
  return (sku) => {
    const now = book();
    const own = now.skus.get(sku);
    if (own === undefined) return now;
    if (of !== now) made = new Map<string, BookOfSku>();
    of = now;
    const known = made.get(sku);
    if (known !== undefined) return known;
    const fresh = bookOf(now, own);
    made.set(sku, fresh);
    return fresh;
  };
};
