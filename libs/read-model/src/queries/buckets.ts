import type { Buckets } from './types.js';

export type BucketRow = {
  readonly sellable: number;
  readonly reserved: number;
  readonly committed: number;
  readonly quarantined: number;
  readonly damaged: number;
  readonly fenced: Readonly<Record<string, number>> | null;
};

/** With the sum of what is there. */
export const bucketsOf = (row: BucketRow): Buckets => {
  const { sellable, reserved, committed, quarantined, damaged } = row;
  const fenced = row.fenced ?? {};
  const units = Object.values(fenced).reduce((sum, quantity) => sum + quantity, 0);
  const onHand = sellable + reserved + committed + quarantined + damaged + units;
  return { onHand, sellable, reserved, committed, quarantined, damaged, fenced };
};
