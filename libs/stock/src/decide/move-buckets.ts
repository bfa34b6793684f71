import type { MoveBetweenBuckets } from '../commands.js';
import { difference } from '../difference.js';
import type { Part } from '../parts.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { reported, report } from './report.js';

const wantedOf = ({ location, from, to, quantity }: MoveBetweenBuckets): readonly Part[] =>
  quantity === 0 || from === to ? [] : [{ location, from, to, quantity }];

/** Units became something else where they are. */
export const moveBetweenBuckets = (command: MoveBetweenBuckets, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const stands = wantedOf(command);
    const parts = difference(stands, last?.stands ?? []);
    const data = { reason: command.reason, ...reported(command, draft, last, { parts, stands }) };
    draft.emit({ type: 'StockMovedBetweenBuckets', data, occurredAt: command.occurredAt });
    return conclude(draft);
  });
