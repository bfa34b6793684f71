import { keepsIssue, type StateMeaning } from '#channel-kit';
import { type PrestashopOrder } from '../order.js';

export type Meaning = (stateId: number) => StateMeaning;

type Step = { readonly stateId: number; readonly atSeconds: number };

/** The state that an order shows is written before its history row. */
const stepsOf = ({ order, view }: PrestashopOrder): readonly Step[] => {
  const steps = view.history.map(({ stateId, addedAtSeconds }): Step => ({ stateId, atSeconds: addedAtSeconds }));
  const isAhead = view.stateId !== 0 && view.stateId !== steps.at(-1)?.stateId;
  return isAhead ? [...steps, { stateId: view.stateId, atSeconds: order.updatedAtSeconds }] : steps;
};

/**
 * When the goods of an order left, in seconds of the shop's clock; undefined: they have not. What was refunded after it
 * left, or failed, has left all the same; what goes back to a state before shipping, or is cancelled, has not.
 */
export const issuedAtSeconds = (order: PrestashopOrder, meaning: Meaning): number | undefined => {
  let since: number | undefined;
  for (const { stateId, atSeconds } of stepsOf(order)) {
    const { payment, issued } = meaning(stateId);
    if (issued) since ??= atSeconds;
    else if (!keepsIssue(payment)) since = undefined;
  }
  return since;
};
