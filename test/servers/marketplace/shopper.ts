import type { Marketplace } from './market/marketplace.js';
import type { Wanted } from './market/orders.js';

export type Bought =
  | { readonly kind: 'ordered'; readonly order: string }
  /** The page of this offer says that there are not as many. */
  | { readonly kind: 'sold_out'; readonly offer: string; readonly figure: number };

/** Somebody who buys whatever the pages say that there is. They never count down by themselves. */
export const buyAt = ({ offers, orders }: Marketplace, wanted: readonly Wanted[]): Bought => {
  for (const { offer, units } of wanted) {
    const figure = offers.find(offer)?.amount ?? 0;
    if (figure < units) return { kind: 'sold_out', offer, figure };
  }
  return { kind: 'ordered', order: orders.place(wanted) };
};
