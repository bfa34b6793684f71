import { type SoldIds } from '#channel-kit';

/** A product, and one of its combinations; 0: it has none. Listings and lines of orders name it alike. */
export const soldIds = (productId: number, combinationId: number): SoldIds => ({
  product: String(productId),
  ...(combinationId !== 0 && { variant: String(combinationId) }),
});
