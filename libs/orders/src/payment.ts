import type { PaymentState } from './events.js';

/** What a payment state means for units. */
type PaymentEffect = {
  /** Oversold units of paid lines are served first. */
  readonly paid: boolean;
  /** Everything that is not issued counts as cancelled, whether or not the shop gave its unit back. */
  readonly cancelsUnissued: boolean;
  /** Issues that the shop authored are voided: its parcel did not leave after all. Stock returns only by a return. */
  readonly voidsIssued: boolean;
};

/**
 * Pending commits: some shops have taken the unit at creation, others have not, and in both somebody is about to pay
 * for it. Of the states that end an order only `cancelled` takes issues back; after a refund the goods are still out
 * there, and a failed or trashed order says nothing about its parcel.
 */
export const paymentEffects: Readonly<Record<PaymentState, PaymentEffect>> = {
  pending: { paid: false, cancelsUnissued: false, voidsIssued: false },
  paid: { paid: true, cancelsUnissued: false, voidsIssued: false },
  failed: { paid: false, cancelsUnissued: true, voidsIssued: false },
  cancelled: { paid: false, cancelsUnissued: true, voidsIssued: true },
  refunded: { paid: false, cancelsUnissued: true, voidsIssued: false },
  trashed: { paid: false, cancelsUnissued: true, voidsIssued: false },
};
