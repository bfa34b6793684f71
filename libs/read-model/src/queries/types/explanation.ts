import type { Instant, Revision } from '#event-sourcing';
import type { Availability, BundleTerm, ChannelPolicy, Origin } from '#atp';
import type { AvailabilityRow } from './availability.js';
import type { LocationBalance } from './stock.js';

/** A component in the explanation of a bundle, in its own base units: `makes` bundles; `limits` where none makes fewer. */
export type ExplainedComponent = Omit<BundleTerm, 'availability'> &
  Pick<Availability, 'atp' | 'shown' | 'byLocation' | 'terms' | 'shownTerms'> & {
    readonly balances: readonly LocationBalance[];
  };

export type OpenHold = {
  readonly reservation: string;
  readonly channel: string;
  readonly quantity: number;
  readonly expiresAt: Instant;
  readonly listing?: string;
  readonly revision: Revision;
};

/** Why a number is what it is: its terms with their origins, and the policies they were read under. */
export type Explanation = AvailabilityRow & {
  readonly at: Instant;
  readonly terms: Availability['terms'];
  /** Why less is shown than may be promised; with atp they sum to `shown`. */
  readonly shownTerms: Availability['shownTerms'];
  readonly policy: ChannelPolicy;
  readonly balances: readonly LocationBalance[];
  readonly holds: readonly OpenHold[];
  /** Of a bundle: what says that it is one, and each component; terms, balances and holds are theirs, not the bundle's. */
  readonly recipe?: Origin;
  readonly explained?: readonly ExplainedComponent[];
};

/**
 * What an explanation would have said at a moment in the past. Without `revision` the SKU was not known then. What had been
 * announced by then is not kept.
 */
export type PastExplanation = Omit<Explanation, 'sequence' | 'revision' | 'position'> &
  Partial<Pick<Explanation, 'revision' | 'position'>>;
