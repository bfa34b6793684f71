import type { DescribedOrder, PaymentState } from '../port/order-snapshot.js';

/** What a state of an order in the shop says to the ledger. `issued`: the goods have left. */
export type StateMeaning = { readonly payment: PaymentState; readonly issued: boolean };

/** Meanings that a person has given to states, by their name in the shop; `issued` left out: as the shop says. */
export type StateOverrides = Readonly<
  Record<string, { readonly payment: PaymentState; readonly issued?: boolean } | undefined>
>;

/** Payment states in which an order is still wanted: goods may leave for these alone. */
export const isWanted = (payment: PaymentState): boolean => payment === 'pending' || payment === 'paid';

/** Whether somebody waits for the goods of orders in this state. */
export const isUnsent = ({ payment, issued }: StateMeaning): boolean => isWanted(payment) && !issued;

/**
 * Whether an order whose goods have left has lost them all the same in this state: it was refunded, failed or was thrown away. One that
 * is wanted again, or is cancelled, has kept them.
 */
export const keepsIssue = (payment: PaymentState): boolean => !isWanted(payment) && payment !== 'cancelled';

/** `isMapped`: by what a shop is known to mean, or by what a person has said, and not by a guess. */
export type MappedMeaning = StateMeaning & { readonly isMapped: boolean };

/** What a state means: as a person has said, else as the shop says. */
export const meaningBy = (overrides: StateOverrides, state: string, shop: MappedMeaning): MappedMeaning => {
  const own = Object.hasOwn(overrides, state) ? overrides[state] : undefined;
  if (own === undefined) return shop;
  return { payment: own.payment, issued: own.issued ?? (isWanted(own.payment) && shop.issued), isMapped: true };
};

/** What a person is told of an order in a state that nobody has mapped. @param by by what its meaning was guessed */
export const unmappedIn = (
  state: string,
  by: string,
  { payment, issued, isMapped }: MappedMeaning,
): DescribedOrder['notices'] => {
  const taken = `${payment}${issued ? ' and shipped' : ''}`;
  const detail = `Nobody has said what state ${state.slice(0, 64)} of the shop means. By ${by} it is taken for ${taken}: name it under states in the channel's settings.`;
  return isMapped ? [] : [{ code: 'state_unmapped', detail }];
};
