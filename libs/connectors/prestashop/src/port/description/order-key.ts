import { type Order } from '../../webservice/index.js';

/** With an id of ten digits and the sign between them 64 characters, which is the longest key that the ledger takes. */
const fitReference = /^[\x21-\x7e]{1,53}$/u;

/**
 * The key of an order in the ledger: its id, and a mark that it was born with. A shop that was restored gives ids again, to
 * orders with another reference. Where the reference is none, the second in which the order was made stands for it.
 */
export const orderKeyOf = ({ id, reference, addedAtSeconds }: Order): string =>
  `${id}-${fitReference.test(reference) ? reference : addedAtSeconds}`;

/** The key of the cart's hold, as the module in the shop names it; undefined for an order without a cart. */
export const cartKeyOf = ({ shopId, cartId }: Order): string | undefined =>
  cartId === 0 ? undefined : `${shopId}-${cartId}`;
