import type { ShopListing } from '#channel-kit';

/** A listing of the shop as the API shows it: its ids are those that a mapping names. */
export type ListingView = {
  readonly row: string;
  readonly product: string;
  readonly variant?: string;
  readonly references: readonly string[];
  readonly title: string;
  readonly unfit?: ShopListing['unfit'];
};

/** What shops call the part of a product that is sold; 0 where it has none. */
const variantNames = ['variant', 'combination', 'variation'];

export const listingView = ({ ids, ...listing }: ShopListing): ListingView => {
  const variant = variantNames.map((name) => ids[name]).find((id) => id !== undefined && id !== '' && id !== '0');
  const { row, references, title, unfit } = listing;
  return {
    ...{ row, product: ids['product'] ?? '' },
    ...(variant !== undefined && { variant }),
    ...{ references, title },
    ...(unfit !== undefined && { unfit }),
  };
};
