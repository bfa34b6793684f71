import type { SkuPolicy } from '#atp';
import type { Instant, Revision } from '#event-sourcing';
import { textArray } from '#postgres';
import type { Queryable } from '#postgres';
import type { Backordered, Held } from '#stock';
import { run } from '../sql.js';
import { supplyStatements } from './statements.js';

type BalanceTuple = readonly [
  location: string,
  revision: Revision,
  sellable: number,
  reserved: number,
  committed: number,
  quarantined: number,
  damaged: number,
];

/** Lines of purchase orders that are not complete; `pledged` by expired carts too. */
type IncomingTuple = readonly [
  line: string,
  location: string,
  remaining: number,
  eta: Instant | null,
  confirmed: boolean,
  confidence: number,
  pledged: number,
  revision: Revision,
];

type ExpiredTuple = readonly [
  channel: string,
  quantity: number,
  parts: Held['parts'],
  incoming: readonly Backordered[],
  listing: string | null,
];

/** A SKU's rows of the fold as one statement answers them; lists are null where there is nothing. */
export type SkuRow = {
  readonly sku: string;
  readonly revision: Revision;
  readonly position: number;
  readonly opened_at: Instant;
  /** The database's time at which holds were told open or expired. */
  readonly at: Instant;
  readonly balances: readonly BalanceTuple[] | null;
  readonly fences: readonly (readonly [location: string, channel: string, quantity: number])[] | null;
  /** What quotas are to have at most. */
  readonly quotas: readonly (readonly [location: string, channel: string, quantity: number])[] | null;
  /** Units that are there in all reservations of a channel, the expired ones included. */
  readonly held: readonly (readonly [channel: string, quantity: number])[] | null;
  /** The same of those that name their listing. */
  readonly held_by_listing: readonly (readonly [channel: string, listing: string, quantity: number])[] | null;
  readonly expired: readonly ExpiredTuple[] | null;
  readonly incoming: readonly IncomingTuple[] | null;
  /** Units sold in pre-orders: those with a place, and those that wait (for expired carts too). */
  readonly preordered: readonly (readonly [line: string, filled: number, pledged: number])[] | null;
  readonly next_expiry: Instant | null;
  /** What it has of its own. */
  readonly policy: readonly [channels: SkuPolicy['channels'], revision: Revision] | null;
  readonly listed_by: readonly string[];
};

/** The rows of those SKUs that exist, in no order. */
export const readSkuRows = (session: Queryable, skus: readonly string[]): Promise<readonly SkuRow[]> =>
  run<SkuRow>(session, supplyStatements['read-supplies'], [textArray(skus)]);
