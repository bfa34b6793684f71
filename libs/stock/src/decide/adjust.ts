import type { AdjustStock } from '../commands.js';
import { difference } from '../difference.js';
import type { Part } from '../parts.js';
import { sumOf } from '../places.js';
import { balancesAt } from '../state/balances.js';
import type { PostedFact } from '../state/facts.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { reported, report } from './report.js';

const isFromQuarantine = (location: string) => (part: Part) =>
  part.location === location && part.from === 'quarantined';

/**
 * What goes down out of sellable takes first what a pick there did not find: the warehouse says by it that those units
 * are gone, and they are out of sellable already. A correction keeps what it took of them.
 */
const downward = ({ location, quantity }: AdjustStock, last: PostedFact | undefined, draft: Draft): readonly Part[] => {
  const kept = sumOf((last?.stands ?? []).filter(isFromQuarantine(location)));
  const { shortPicked } = balancesAt(draft.state().balances, location);
  const notFound = Math.min(-quantity, kept + shortPicked);
  const parts: readonly Part[] = [
    { location, from: 'quarantined', to: 'adjustment', quantity: notFound },
    { location, from: 'sellable', to: 'adjustment', quantity: -quantity - notFound },
  ];
  return parts.filter((part) => part.quantity > 0);
};

const wantedOf = (command: AdjustStock, last: PostedFact | undefined, draft: Draft): readonly Part[] => {
  const { location, bucket, quantity } = command;
  if (quantity === 0) return [];
  if (quantity > 0) return [{ location, from: 'adjustment', to: bucket, quantity }];
  if (bucket === 'sellable') return downward(command, last, draft);
  return [{ location, from: bucket, to: 'adjustment', quantity: -quantity }];
};

/** There were more or fewer units than the ledger said. */
export const adjust = (command: AdjustStock, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const stands = wantedOf(command, last, draft);
    const parts = difference(stands, last?.stands ?? []);
    const data = { ...reported(command, draft, last, { parts, stands }), reason: command.reason };
    draft.emit({ type: 'StockAdjusted', data, occurredAt: command.occurredAt });
    return conclude(draft);
  });
