import type { PaymentState } from '../port/order-snapshot.js';

/** What a state of an order in the shop says to the ledger. `issued`: the goods have left. */
export type StateMeaning = { readonly payment: PaymentState; readonly issued: boolean };

/** Meanings that a person has given to states, by their name in the shop; `issued` left out: as the shop says. */
export type StateOverrides = Readonly<
  Record<string, { readonly payment: PaymentState; readonly issued?: boolean } | undefined>
>;

/** Payment states in which an order is still wanted: goods may leave for these alone. */
export const isWanted = (payment: PaymentState): boolean => payment === 'pending' || payment === 'paid';

/** `isMapped`: by what a shop is known to mean, or by what a person has said, and not by a guess. */
export type MappedMeaning = StateMeaning & { readonly isMapped: boolean };

/** What a state means: as a person has said, else as the shop says. */
export const meaningBy = (overrides: StateOverrides, state: string, shop: MappedMeaning): MappedMeaning => {
  const own = Object.hasOwn(overrides, state) ? overrides[state] : undefined;
  if (own === undefined) return shop;
  return { payment: own.payment, issued: own.issued ?? (isWanted(own.payment) && shop.issued), isMapped: true };
};
