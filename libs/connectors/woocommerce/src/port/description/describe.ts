import { type DescribedOrder, isWanted, orderDatesOf, type StateOverrides } from '#channel-kit';
import { pendingOf, stockNoticesOf } from '../../effects/index.js';
import { type WooCommerceOrder } from '../order.js';
import { issueOf } from './issue.js';
import { linesOf } from './lines.js';
import { meaningOf, type StatusMeaning } from './status-meaning.js';

type Notice = DescribedOrder['notices'][number];

/** With an id of ten digits and the sign between them 64 characters, which is the longest key that the ledger takes. */
const fitMark = /^[\x21-\x7e]{1,53}$/u;

/**
 * The key of an order in the ledger: its id, and a mark that it was born with. A shop that was restored gives ids again, to
 * orders with another mark.
 */
const orderKeyOf = ({ view: { id, orderKey, createdAt } }: WooCommerceOrder): string => {
  const mark = orderKey.replace(/^wc_order_/u, '');
  return `${id}-${fitMark.test(mark) ? mark : createdAt}`;
};

const unmapped = (status: string, { payment }: StatusMeaning): Notice => ({
  code: 'state_unmapped',
  detail: `Nobody has said what status ${status.slice(0, 64)} of the shop means. By its date of payment the order is taken for ${payment}: name the status under states in the channel's settings.`,
});

const noticesOf = ({ view }: WooCommerceOrder, meaning: StatusMeaning): readonly Notice[] => [
  ...(meaning.isMapped ? [] : [unmapped(view.status, meaning)]),
  ...stockNoticesOf(view),
];

/** Dates are in UTC. */
const momentOf = (date: string): number => Date.parse(`${date}Z`);

/** What the shop keeps for an order beside its figures it keeps until then. */
const changesAtOf = ({ view, readAtMillis }: WooCommerceOrder): number | undefined =>
  pendingOf(view, readAtMillis).size > 0 ? view.holdEndsAtMillis : undefined;

/**
 * An order in the ledger's words. It is open while somebody waits for its goods: pending or paid, and not completed.
 *
 * @param overrides meanings of statuses that a person has given, before those of the shop
 */
export const describeWith =
  (overrides: StateOverrides) =>
  (order: WooCommerceOrder): DescribedOrder => {
    const meaning = meaningOf(order.view, overrides);
    const issue = issueOf(order, meaning);
    const [placed, changed] = [momentOf(order.view.createdAt), momentOf(order.view.modifiedAt)];
    const { placedAt, changedAt, notices } = orderDatesOf(placed, changed, order.readAtMillis);
    const changesAtMillis = changesAtOf(order);
    const { paymentMethod, paidAt, reservation } = order.view;
    return {
      key: orderKeyOf(order),
      snapshot: {
        ...{ placedAt, changedAt, payment: meaning.payment },
        ...(reservation !== undefined && { cart: reservation }),
        lines: linesOf(order, issue),
      },
      isOpen: isWanted(meaning.payment) && issue === undefined,
      ...(changesAtMillis !== undefined && { changesAtMillis }),
      ...(paymentMethod !== '' && { paymentClass: paymentMethod }),
      ...{ cart: undefined, wasPaid: paidAt !== undefined },
      notices: [...noticesOf(order, meaning), ...notices],
    };
  };
