import type { Changing } from '#event-sourcing';
import type { ReceiveStock } from '../commands.js';
import { difference } from '../difference.js';
import type { StockReceived } from '../events.js';
import type { Pledge } from '../standing.js';
import type { Part } from '../parts.js';
import { sumOf } from '../places.js';
import { pledgesBetween } from '../state/incoming.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { reported, report } from './report.js';

const wantedOf = ({ location, bucket, quantity }: ReceiveStock): readonly Part[] =>
  quantity === 0 ? [] : [{ location, from: 'supplier', to: bucket, quantity }];

const onLine = (incomingLine: string | undefined, stands: readonly Part[]): readonly Pledge[] =>
  incomingLine === undefined ? [] : [{ incomingLine, quantity: sumOf(stands) }];

/** Units came in. */
export const receive = (command: ReceiveStock, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const stands = wantedOf(command);
    const parts = difference(stands, last?.stands ?? []);
    const { incomingLine, occurredAt } = command;
    const arrived = pledgesBetween(onLine(last?.incomingLine, last?.stands ?? []), onLine(incomingLine, stands));
    const data: Changing<StockReceived['data']> = { ...reported(command, draft, last, { parts, stands }) };
    if (incomingLine !== undefined) data.incomingLine = incomingLine;
    if (arrived.length > 0) data.arrived = arrived;
    draft.emit({ type: 'StockReceived', data, occurredAt });
    return conclude(draft);
  });
