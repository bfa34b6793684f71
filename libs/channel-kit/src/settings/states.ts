import type { PaymentState } from '../port/order-snapshot.js';

/** What a state of an order in the shop says to the ledger. `issued`: the goods have left. */
export type StateMeaning = { readonly payment: PaymentState; readonly issued: boolean };

/** Meanings that a person has given to states, by their name in the shop; `issued` left out: as the shop says. */
export type StateOverrides = Readonly<
  Record<string, { readonly payment: PaymentState; readonly issued?: boolean } | undefined>
>;

/** Payment states in which an order is still wanted: goods may leave for these alone. */
export const isWanted = (payment: PaymentState): boolean => payment === 'pending' || payment === 'paid';
