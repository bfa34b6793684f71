import type { Instant, Revision } from '#event-sourcing';
import type { OversoldLine } from './types.js';

export type OwedRow = {
  readonly sku: string;
  readonly channel: string;
  readonly order_key: string;
  readonly line: string;
  readonly quantity: number;
  readonly paid: boolean;
  readonly placed_at: Instant;
  readonly revision: Revision;
};

export const oversoldLineOf = ({ order_key, placed_at, ...row }: OwedRow): OversoldLine => ({
  ...row,
  orderKey: order_key,
  placedAt: placed_at,
});
