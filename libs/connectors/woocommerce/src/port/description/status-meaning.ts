import { isWanted, type StateMeaning, type StateOverrides } from '#channel-kit';
import { type OrderView } from '../../effects/index.js';

/** `isMapped`: by what the shop ships with, or by what a person has said, and not by the date of payment alone. */
export type StatusMeaning = StateMeaning & { readonly isMapped: boolean };

const pending: StateMeaning = { payment: 'pending', issued: false };

/** Of the statuses that WooCommerce ships with. Money for an order on hold is on its way, by wire or cheque. */
const known: ReadonlyMap<string, StateMeaning> = new Map([
  ['pending', pending],
  ['checkout-draft', pending],
  ['auto-draft', pending],
  ['on-hold', pending],
  ['processing', { payment: 'paid', issued: false }],
  ['completed', { payment: 'paid', issued: true }],
  ['cancelled', { payment: 'cancelled', issued: false }],
  ['failed', { payment: 'failed', issued: false }],
  ['refunded', { payment: 'refunded', issued: false }],
  ['trash', { payment: 'trashed', issued: false }],
]);

/** What an order's status means: as a person has said, else as WooCommerce does, else by whether it was paid. */
export const meaningOf = (
  { status, paidAt }: Pick<OrderView, 'status' | 'paidAt'>,
  overrides: StateOverrides,
): StatusMeaning => {
  const shipped = known.get(status);
  const own = Object.hasOwn(overrides, status) ? overrides[status] : undefined;
  if (own !== undefined) {
    const issued = own.issued ?? (isWanted(own.payment) && shipped?.issued === true);
    return { payment: own.payment, issued, isMapped: true };
  }
  if (shipped !== undefined) return { ...shipped, isMapped: true };
  return { payment: paidAt === undefined ? 'pending' : 'paid', issued: false, isMapped: false };
};
