import type { AssembleStock } from '../commands.js';
import { difference } from '../difference.js';
import type { Part } from '../parts.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { reported, report } from './report.js';

const wantedOf = ({ location, role, quantity }: AssembleStock): readonly Part[] => {
  if (quantity === 0) return [];
  return role === 'consumed'
    ? [{ location, from: 'sellable', to: 'adjustment', quantity }]
    : [{ location, from: 'adjustment', to: 'sellable', quantity }];
};

/** Units went into something that was made of them, or were made. */
export const assemble = (command: AssembleStock, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const stands = wantedOf(command);
    const parts = difference(stands, last?.stands ?? []);
    const { role, sourceKey: assembly, occurredAt } = command;
    const data = { assembly, role, ...reported(command, draft, last, { parts, stands }) };
    draft.emit({ type: 'StockAssembled', data, occurredAt });
    return conclude(draft);
  });
