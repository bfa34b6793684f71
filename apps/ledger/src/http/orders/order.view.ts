import type { FrozenLine, LineTarget, OrderState, Snapshot } from '#orders';
import type { FoundOrder, OrderPlace } from '../../composition/orders.js';
import { lineStandingView, type LineStandingView } from './line-standing.view.js';

/** An order as the API shows it. */
export type OrderView = OrderPlace & {
  readonly revision: number;
  readonly snapshot: Snapshot | undefined;
  readonly frozenLines: readonly FrozenLine[];
  readonly unmapped: OrderState['unmapped'];
  readonly targets: readonly LineTarget[];
  /** How each target stands on its SKU; left out are those that the SKU has not heard of yet. */
  readonly standings: readonly (LineStandingView & { readonly line: string; readonly sku: string })[];
};

export const orderView = (place: OrderPlace, { revision, state, standings }: FoundOrder): OrderView => ({
  ...place,
  revision,
  snapshot: state.recorded?.snapshot,
  frozenLines: state.frozen,
  unmapped: state.unmapped,
  targets: state.told?.targets ?? [],
  standings: standings.map(({ line, sku, standing }) => ({
    line,
    sku,
    ...lineStandingView(place.channel, standing),
  })),
});
