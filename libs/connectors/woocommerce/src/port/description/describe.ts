import { type DescribedOrder, isWanted, type MappedMeaning, orderDatesOf, type StateOverrides } from '#channel-kit';
import { birthmarkOf, type OrderView, pendingOf, stockNoticesOf } from '../../effects/index.js';
import { type WooCommerceOrder } from '../order.js';
import { issueOf } from './issue.js';
import { linesOf } from './lines.js';
import { meaningOf } from './status-meaning.js';

type Notice = DescribedOrder['notices'][number];

const unmapped = (status: string, { payment }: MappedMeaning): Notice => ({
  code: 'state_unmapped',
  detail: `Nobody has said what status ${status.slice(0, 64)} of the shop means. By its date of payment the order is taken for ${payment}: name the status under states in the channel's settings.`,
});

const noticesOf = ({ view }: WooCommerceOrder, meaning: MappedMeaning): readonly Notice[] => [
  ...(meaning.isMapped ? [] : [unmapped(view.status, meaning)]),
  ...stockNoticesOf(view),
];

/** Dates are in UTC. */
const momentOf = (date: string): number => Date.parse(`${date}Z`);

/** What the shop keeps for an order beside its figures it keeps until then. */
const changesAtOf = ({ view, readAtMillis }: WooCommerceOrder): number | undefined =>
  pendingOf(view, readAtMillis).size > 0 ? view.holdEndsAtMillis : undefined;

/** Money that was on its way when the hold ended has had its time by then. */
const reviewedAfterMillis = 900_000;

/** The shop cancels unpaid orders of its classic checkout when their hold ends, some minutes late, and others never. */
const reviewAtOf = ({ status, holdEndsAtMillis }: OrderView): number | undefined =>
  status === 'pending' && holdEndsAtMillis !== undefined ? holdEndsAtMillis + reviewedAfterMillis : undefined;

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
    const [changesAtMillis, reviewAtMillis] = [changesAtOf(order), reviewAtOf(order.view)];
    const { paymentMethod, paidAt, reservation } = order.view;
    return {
      key: `${order.view.id}-${birthmarkOf(order.view)}`,
      snapshot: {
        ...{ placedAt, changedAt, payment: meaning.payment },
        ...(reservation !== undefined && { cart: reservation }),
        lines: linesOf(order, issue),
      },
      isOpen: isWanted(meaning.payment) && issue === undefined,
      ...(changesAtMillis !== undefined && { changesAtMillis }),
      ...(reviewAtMillis !== undefined && { reviewAtMillis }),
      ...(paymentMethod !== '' && { paymentClass: paymentMethod }),
      ...{ cart: undefined, wasPaid: paidAt !== undefined },
      notices: [...noticesOf(order, meaning), ...notices],
    };
  };
