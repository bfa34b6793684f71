import { type StateMeaning } from '#channel-kit';
import { type WooCommerceOrder } from '../order.js';

/** Whether goods have left. `at`: when the shop called the order completed, in UTC; undefined: nobody knows. */
export type Issue = { readonly at: string | undefined };

/** An order that ends here after its goods left has lost them all the same. */
const outlasts: ReadonlySet<StateMeaning['payment']> = new Set(['refunded', 'failed', 'trashed']);

/**
 * Whether the goods of an order have left: it is completed, or was when it was refunded, failed or thrown away. One that goes
 * back to a status before that, or is cancelled, has kept them; the shop leaves the date of its completion standing.
 */
export const issueOf = ({ completedAt }: WooCommerceOrder, { payment, issued }: StateMeaning): Issue | undefined => {
  if (issued) return { at: completedAt };
  return completedAt !== undefined && outlasts.has(payment) ? { at: completedAt } : undefined;
};
