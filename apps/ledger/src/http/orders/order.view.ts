import type { FrozenLine, LineTarget, OrderState, Snapshot } from '#orders';
import type { OrderPlace } from '../../composition/orders.js';

/** An order as the API shows it. */
export type OrderView = OrderPlace & {
  readonly revision: number;
  readonly snapshot: Snapshot | undefined;
  readonly frozenLines: readonly FrozenLine[];
  readonly unmapped: OrderState['unmapped'];
  readonly targets: readonly LineTarget[];
};

export const orderView = (
  place: OrderPlace,
  { revision, state }: { revision: number; state: OrderState },
): OrderView => ({
  ...place,
  revision,
  snapshot: state.recorded?.snapshot,
  frozenLines: state.frozen,
  unmapped: state.unmapped,
  targets: state.told?.targets ?? [],
});
