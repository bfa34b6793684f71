import type { Instant } from '#event-sourcing';
import type { Alert } from '../../contracts/index.js';
import type { FindingState } from '../findings/findings.js';

/** What a person says of a finding. */
export type Saying =
  /** The row goes to what the ledger says. */
  | { readonly how: 'ledger_is_right' }
  /** The units are adjusted at a location, then the row goes on. */
  | { readonly how: 'shop_is_right'; readonly location: string }
  /** The shop's orders of this time are read again; what they explain is seen then. */
  | { readonly how: 'shop_missed_orders'; readonly from: Instant; readonly to: Instant }
  /** Somebody goes and counts; the row waits. */
  | { readonly how: 'count_it' }
  /** Nobody is to be asked until then; the row waits. */
  | { readonly how: 'snooze'; readonly until: Instant };

export const sayings = ['ledger_is_right', 'shop_is_right', 'shop_missed_orders', 'count_it', 'snooze'] as const;

/** What is to be done, one after the other. Each may be done twice. */
export type Effect =
  | {
      readonly kind: 'adjust';
      /** Of the adjustment in the ledger: the same finding adjusts once. */
      readonly key: string;
      readonly sku: string;
      readonly location: string;
      /** Base units of the SKU, signed. */
      readonly quantity: number;
    }
  | { readonly kind: 'release'; readonly channel: string; readonly row: string }
  | { readonly kind: 'reread_orders'; readonly channel: string; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'raise_alert'; readonly alert: Alert }
  | { readonly kind: 'settle_alert'; readonly channel: string; readonly code: string; readonly subject: string };

/** What follows from a saying. */
export type Plan = {
  readonly effects: readonly Effect[];
  /** Where the finding stands afterwards. */
  readonly leaves: FindingState;
  readonly snoozedUntil?: Instant;
};

/** Why nothing follows, with what explains it. */
export type ResolutionRefusal =
  | { readonly code: 'finding_resolved' }
  /** Nothing is asked of anybody there. */
  | { readonly code: 'finding_only_noted'; readonly kind: string }
  /** The row does not wait: there is nothing to put off. */
  | { readonly code: 'row_not_held' }
  /** Nobody knows how many units of the SKU one of the row is. */
  | { readonly code: 'row_not_listed'; readonly row: string }
  | { readonly code: 'time_range_unfit'; readonly detail: string };

export type Decided =
  { readonly kind: 'planned'; readonly plan: Plan } | { readonly kind: 'refused'; readonly refusal: ResolutionRefusal };
