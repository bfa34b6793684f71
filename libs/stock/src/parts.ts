/** What units at a location are. `fenced:<channel>` is kept for one channel. */
export type Bucket = 'sellable' | 'reserved' | 'committed' | 'quarantined' | 'damaged' | `fenced:${string}`;

/** Where units come from or go to when they are at no location. `transit:<id>` is a transfer under way. */
export type Outside = 'supplier' | 'customer' | 'adjustment' | `transit:${string}`;

/**
 * Units that move: `quantity` (a positive safe integer, in the SKU's base unit) leaves `from` and enters `to`.
 * A bucket is one of `location`; an outside account belongs to no location. A move between two locations is two parts.
 */
export type Part = {
  readonly location: string;
  readonly from: Bucket | Outside;
  readonly to: Bucket | Outside;
  readonly quantity: number;
};

/** The reserved location where units stand that a channel owes and that no place covers. */
export const unsourcedOf = (channel: string): string => `unsourced:${channel}`;
