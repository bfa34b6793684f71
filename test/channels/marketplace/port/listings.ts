import type { ChannelPort, ShopListing } from '#channel-kit';
import { listOf } from '../client/fields.js';
import { answered, troubled, unintelligible } from '../client/trouble.js';
import type { PortContext } from './context.js';
import { readOffer, type Offer } from './offer.js';
import type { MarketplaceOrder } from './order.js';

const listingOf = ({ id, reference, title }: Offer): ShopListing => ({
  row: id,
  ids: { product: id },
  references: reference === '' ? [] : [reference],
  title,
});

/** Pages are numbered from 1; the one behind the last is empty. */
export const listingsOf =
  ({ client }: PortContext): ChannelPort<MarketplaceOrder>['listings'] =>
  async (after, signal) => {
    const page = Number(after ?? 1);
    const answer = await client.send({ method: 'GET', path: `/retailer/offers?page=${page}` }, signal);
    if (answer.kind === 'trouble') return troubled(answer.trouble);
    const offers = answer.kind === 'ok' ? listOf(answer.value, 'offers', readOffer) : undefined;
    if (offers === undefined) return unintelligible('The list of offers');
    return answered({ items: offers.map(listingOf), next: offers.length === 0 ? undefined : String(page + 1) });
  };
