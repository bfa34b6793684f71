import type { OrderLine, StockState } from '#stock';
import { lineIn } from '../../orders/index.js';
import { eventView, type EventView } from '../movements/movement.answer.js';
import { lineStandingView, type LineStandingView } from '../orders/line-standing.view.js';
import type { Accepted } from '../outcome-problem.js';

/** What has become of the request, and how the line stands on this SKU after it: now, when it is a repeated one. */
export type CommitmentAnswer = {
  readonly sku: string;
  readonly order: OrderLine;
  readonly revision: number;
  readonly position?: string;
  readonly repeated: boolean;
  /** Left out when a repeated request finds that the line has long been closed and forgotten. */
  readonly line?: LineStandingView;
  readonly events: readonly EventView[];
};

export const commitmentAnswer = (sku: string, order: OrderLine, accepted: Accepted<StockState>): CommitmentAnswer => {
  const line = lineIn(accepted.state, order);
  return {
    sku,
    order,
    revision: accepted.revision,
    ...(accepted.position !== undefined && { position: accepted.position }),
    repeated: accepted.repeated,
    ...(line && { line: lineStandingView(order.channel, line) }),
    events: accepted.events.map(eventView),
  };
};
