import type { DescribedOrder, ShopListing } from '#channel-kit';

/** A listing of the shop as the API shows it: its ids are those that a mapping names. */
export type ListingView = Omit<ShopListing, 'ids'> & ShopListing['ids'];

export const listingView = ({ ids, ...listing }: ShopListing): ListingView => ({ ...ids, ...listing });

/** An order of the shop as it would be told to the ledger. No name, no address: the ledger knows of none. */
export type ShopOrderView = Pick<DescribedOrder, 'key' | 'snapshot' | 'isOpen' | 'notices'>;

export const shopOrderView = ({ key, snapshot, isOpen, notices }: DescribedOrder): ShopOrderView => ({
  ...{ key, snapshot, isOpen, notices },
});
