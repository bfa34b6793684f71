import type { CloseTransfer, DispatchTransfer, ReceiveTransfer } from '../commands.js';
import { difference } from '../difference.js';
import type { Part } from '../parts.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { reported, report } from './report.js';

const moved = (location: string, from: Part['from'], to: Part['to'], quantity: number): readonly Part[] =>
  quantity === 0 ? [] : [{ location, from, to, quantity }];

/** Units left for another location. */
export const dispatchTransfer = (command: DispatchTransfer, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const { transfer, location, to, quantity, occurredAt } = command;
    const stands = moved(location, 'sellable', `transit:${transfer}`, quantity);
    const parts = difference(stands, last?.stands ?? []);
    draft.emit({
      type: 'TransferDispatched',
      data: { ...reported(command, draft, last, { parts, stands }), transfer, to },
      occurredAt,
    });
    return conclude(draft);
  });

/** Units of a transfer arrived; its dispatch may be reported later. */
export const receiveTransfer = (command: ReceiveTransfer, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const { transfer, location, quantity, occurredAt } = command;
    const stands = moved(location, `transit:${transfer}`, 'sellable', quantity);
    const parts = difference(stands, last?.stands ?? []);
    draft.emit({
      type: 'TransferReceived',
      data: { ...reported(command, draft, last, { parts, stands }), transfer },
      occurredAt,
    });
    return conclude(draft);
  });

/** Nothing more of a transfer will arrive; what is missing is lost. */
export const closeTransfer = (command: CloseTransfer, draft: Draft): StockDecision =>
  report(command, draft, (last) => {
    const { transfer, location, lost, occurredAt } = command;
    const stands = moved(location, `transit:${transfer}`, 'adjustment', lost);
    const parts = difference(stands, last?.stands ?? []);
    draft.emit({
      type: 'TransferClosed',
      data: { ...reported(command, draft, last, { parts, stands }), transfer, lost },
      occurredAt,
    });
    return conclude(draft);
  });
