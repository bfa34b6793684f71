import { type OrderView } from './views.js';

type Born = Pick<OrderView, 'orderKey' | 'createdAt'>;

/** With an id of ten digits and the sign between them 64 characters, which is the longest key that the ledger takes. */
const fitMark = /^[\x21-\x7e]{1,53}$/u;

/**
 * What an order was born with. Its key is random and nobody edits it; its date anybody may, in the form of the order. Only an
 * order without a fit key, as some imports leave them, is known by its date.
 */
export const birthmarkOf = ({ orderKey, createdAt }: Born): string => {
  const mark = orderKey.replace(/^wc_order_/u, '');
  return fitMark.test(mark) ? mark : createdAt;
};

/** Of a shop that was restored from a backup an id may come again, for another order. */
export const isSameOrder = (one: Born, other: Born): boolean => birthmarkOf(one) === birthmarkOf(other);
