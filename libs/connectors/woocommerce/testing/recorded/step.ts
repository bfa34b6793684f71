import { type OrderView, type RowKey } from '../../src/index.js';

export const kinds = ['creation', 'checkout', 'transition', 'edit', 'delete', 'admin', 'dates'] as const;
export type Kind = (typeof kinds)[number];

/** A case as the model is told of it: two readings of its order. Neither the act nor the name is in them. */
export type RecordedStep = {
  readonly name: string;
  readonly kind: Kind;
  readonly before: OrderView | undefined;
  readonly after: OrderView | undefined;
  readonly rowsBefore: ReadonlyMap<RowKey, number>;
  readonly rowsAfter: ReadonlyMap<RowKey, number>;
};
