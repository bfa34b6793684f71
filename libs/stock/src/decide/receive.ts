import type { ReceiveStock } from '../commands.js';
import { difference } from '../difference.js';
import type { Part } from '../parts.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { reported, report } from './report.js';

const wantedOf = ({ location, bucket, quantity }: ReceiveStock): readonly Part[] =>
  quantity === 0 ? [] : [{ location, from: 'supplier', to: bucket, quantity }];

/** Units came in. */
export const receive = (command: ReceiveStock, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const stands = wantedOf(command);
    const parts = difference(stands, last?.stands ?? []);
    const { incomingLine, occurredAt } = command;
    const data = {
      ...reported(command, draft, last, { parts, stands }),
      ...(incomingLine !== undefined && { incomingLine }),
    };
    draft.emit({ type: 'StockReceived', data, occurredAt });
    return conclude(draft);
  });
