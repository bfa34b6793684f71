import type { AdjustStock } from '../commands.js';
import { difference } from '../difference.js';
import type { Part } from '../parts.js';
import { balancesAt } from '../state/balances.js';
import type { PostedFact } from '../state/facts.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { reported, report } from './report.js';

/**
 * What goes down out of sellable takes first what a pick there did not find: the warehouse says by it that those units
 * are gone, and they are out of sellable already. A correction starts from what it took of them.
 */
const shortPickOf = ({ location, bucket, quantity }: AdjustStock, last: PostedFact | undefined, draft: Draft) => {
  const kept = last?.stands.every((part) => part.location === location) ? (last.shortPicked ?? 0) : 0;
  const open = kept + balancesAt(draft.state().balances, location).shortPicked;
  const taken = bucket === 'sellable' ? Math.min(Math.max(0, -quantity), open) : 0;
  return kept === 0 && taken === 0 ? undefined : { location, taken, left: open - taken };
};

const wantedOf = ({ location, bucket, quantity }: AdjustStock, notFound: number): readonly Part[] => {
  if (quantity > 0) return [{ location, from: 'adjustment', to: bucket, quantity }];
  const parts: readonly Part[] = [
    { location, from: 'quarantined', to: 'adjustment', quantity: notFound },
    { location, from: bucket, to: 'adjustment', quantity: -quantity - notFound },
  ];
  return parts.filter((part) => part.quantity > 0);
};

/** There were more or fewer units than the ledger said. */
export const adjust = (command: AdjustStock, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const shortPicked = shortPickOf(command, last, draft);
    const stands = wantedOf(command, shortPicked?.taken ?? 0);
    const parts = difference(stands, last?.stands ?? []);
    const { reason, occurredAt } = command;
    const data = { reason, ...(shortPicked && { shortPicked }), ...reported(command, draft, last, { parts, stands }) };
    draft.emit({ type: 'StockAdjusted', data, occurredAt });
    return conclude(draft);
  });
