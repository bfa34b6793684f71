import type { Instant, Revision } from '#event-sourcing';

/** A line of a purchase order on which something is still expected. `pledged` by carts and order lines. */
export type ExpectedLine = {
  readonly sku: string;
  readonly line: string;
  readonly connection: string;
  readonly location: string;
  readonly quantity: number;
  readonly received: number;
  readonly remaining: number;
  readonly orderedAt: Instant;
  readonly eta?: Instant;
  readonly confirmed: boolean;
  readonly confidence: number;
  readonly pledged: number;
  readonly revision: Revision;
};

/**
 * Why promised units will not come in time: nothing is expected on their line (`cancelled`), the supplier has not confirmed
 * it, nobody knows when it comes, its day has passed, it comes after the promised date, or it brings fewer than it was
 * promised for (those promised for the latest date lack theirs).
 */
export type BackorderRisk = 'cancelled' | 'not_confirmed' | 'eta_unknown' | 'overdue' | 'late' | 'short';

/** Units of an order line that wait for a line of a purchase order; `date` is what the customer was told. */
export type Backorder = {
  readonly sku: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly line: string;
  readonly incomingLine: string;
  readonly date: Instant;
  readonly quantity: number;
  readonly paid: boolean;
  readonly placedAt: Instant;
  readonly revision: Revision;
  readonly atRisk?: { readonly units: number; readonly why: BackorderRisk };
};

/** `at`: as it will be at that moment if nothing happens until then. */
export type BackorderFilter = {
  readonly channel?: string | undefined;
  readonly sku?: string | undefined;
  readonly at?: Instant | undefined;
  readonly atRisk?: boolean | undefined;
};
