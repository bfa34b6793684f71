import {
  type DescribedOrder,
  heldUntil,
  isWanted,
  keepsIssue,
  type MappedMeaning,
  meaningBy,
  orderDatesOf,
  type PaymentState,
  type StateMeaning,
  type StateOverrides,
  unmappedIn,
} from '#channel-kit';
import { momentOf } from '#shop-http';
import { keyOfOrder } from '../../effects/effects-of.js';
import { stockNoticesOf } from '../../effects/notices.js';
import { pendingOf } from '../../effects/pending.js';
import { type OrderView } from '../../effects/views.js';
import { type WooCommerceOrder } from '../context.js';
import { type Issue, linesOf } from './lines.js';

/** Of the statuses that WooCommerce ships with. Money for an order on hold is on its way, by wire or cheque. */
const payments: ReadonlyMap<string, PaymentState> = new Map(
  Object.entries({
    ...{ pending: 'pending', 'checkout-draft': 'pending', 'auto-draft': 'pending', 'on-hold': 'pending' },
    ...{ processing: 'paid', completed: 'paid', cancelled: 'cancelled' },
    ...{ failed: 'failed', refunded: 'refunded', trash: 'trashed' },
  }),
);

/** What an order's status means: as a person has said, else as WooCommerce does, else by whether it was paid. */
export const meaningOf = (
  { status, paidAt }: Pick<OrderView, 'status' | 'paidAt'>,
  overrides: StateOverrides,
): MappedMeaning => {
  const payment = payments.get(status);
  const guessed = paidAt === undefined ? 'pending' : 'paid';
  const shop = { payment: payment ?? guessed, issued: status === 'completed', isMapped: payment !== undefined };
  return meaningBy(overrides, status, shop);
};

/**
 * Whether the goods of an order have left: it is completed, or was when it was refunded, failed or thrown away. One that goes
 * back to a status before that, or is cancelled, has kept them; the shop leaves the date of its completion standing.
 */
const issueOf = ({ completedAt }: WooCommerceOrder, { payment, issued }: StateMeaning): Issue | undefined =>
  issued || (completedAt !== undefined && keepsIssue(payment)) ? { at: completedAt } : undefined;

/** The shop cancels unpaid orders of its classic checkout when their hold ends, some minutes late, and others never. */
const holdOf = ({ view, readAtMillis }: WooCommerceOrder) => {
  const { status, holdEndsAtMillis } = view;
  if (status !== 'pending' || holdEndsAtMillis === undefined) return {};
  // What the shop keeps for an order beside its figures it keeps until then.
  return heldUntil(holdEndsAtMillis, pendingOf(view, readAtMillis).size > 0);
};

/**
 * An order in the ledger's words. It is open while somebody waits for its goods: pending or paid, and not completed.
 *
 * @param overrides meanings of statuses that a person has given, before those of the shop
 */
export const describeWith =
  (overrides: StateOverrides) =>
  (order: WooCommerceOrder): DescribedOrder => {
    const { createdAt, modifiedAt, status, paymentMethod, paidAt, reservation } = order.view;
    const meaning = meaningOf(order.view, overrides);
    const issue = issueOf(order, meaning);
    const dates = orderDatesOf(momentOf(createdAt), momentOf(modifiedAt), order.readAtMillis);
    const unmapped = unmappedIn(status, 'its date of payment', meaning);
    return {
      key: keyOfOrder(order.view),
      snapshot: {
        ...{ placedAt: dates.placedAt, changedAt: dates.changedAt, payment: meaning.payment },
        ...(reservation !== undefined && { cart: reservation }),
        lines: linesOf(order, issue),
      },
      isOpen: isWanted(meaning.payment) && issue === undefined,
      ...holdOf(order),
      ...(paymentMethod !== '' && { paymentClass: paymentMethod }),
      ...{ cart: undefined, wasPaid: paidAt !== undefined },
      notices: [...unmapped, ...stockNoticesOf(order.view), ...dates.notices],
    };
  };
