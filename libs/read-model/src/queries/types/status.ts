import type { Instant, Position } from '#event-sourcing';

/** Where a projection stands; a version that is being rebuilt beside the live one is listed too. */
export type ProjectionStatus = {
  readonly name: 'fold' | 'history' | 'index';
  readonly version: number;
  readonly live: boolean;
  readonly position?: Position;
};

export type ReadModelStatus = {
  readonly at: Instant;
  readonly projections: readonly ProjectionStatus[];
  /** SKUs that wait to be announced, and since when the oldest does. */
  readonly due: { readonly skus: number; readonly oldest?: Instant };
};
