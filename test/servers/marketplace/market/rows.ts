/** What somebody sells at the marketplace, under an id of its own. */
export type OfferRow = {
  readonly id: string;
  readonly ean: string;
  /** The seller's own code for it. */
  readonly reference: string;
  readonly title: string;
  /** What the page of the offer says that there is. Below 0 only where the marketplace counts down, and somebody did not look. */
  readonly amount: number;
};

export type OrderItemRow = {
  readonly id: string;
  readonly order: string;
  readonly offer: string;
  readonly units: number;
  readonly shipped: number;
  readonly cancelled: number;
  /** Milliseconds since 1970, as are all times here. */
  readonly changedAt: number;
};

export type OrderRow = { readonly id: string; readonly placedAt: number; readonly items: readonly string[] };

export type ProcessEvent = 'UPDATE_OFFER_STOCK' | 'CANCEL_ORDER';

/** Something that was accepted and is carried out later. */
export type ProcessRow = {
  readonly id: string;
  /** The offer, or the item of an order, that it is about. */
  readonly entity: string;
  readonly event: ProcessEvent;
  readonly status: 'PENDING' | 'SUCCESS' | 'FAILURE';
  readonly error: string | undefined;
  readonly acceptedAt: number;
};

/** A figure of the seller's, from its acceptance to the moment that the page shows it. */
export type FigureWrite = {
  readonly offer: string;
  readonly amount: number;
  readonly process: string;
  readonly acceptedAt: number;
  /** Undefined: not yet. */
  readonly appliedAt: number | undefined;
};

/** One offer in one order, with what the page said when it was bought and what the seller had said by then. */
export type Sale = {
  readonly order: string;
  readonly offer: string;
  readonly units: number;
  readonly at: number;
  readonly figure: number;
  /** Sold of the offer since the page shows that figure, these units included. */
  readonly soldSince: number;
  /** The newest figure that had been accepted by then, and what was sold since, these units included. */
  readonly lastAccepted:
    (Pick<FigureWrite, 'amount' | 'acceptedAt' | 'appliedAt'> & { readonly soldSince: number }) | undefined;
};

/** How many units of a sale nobody had promised: beyond the figure that was shown, or beyond a lower one that waited. */
export const unitsBeyond = ({ units, figure, soldSince, lastAccepted }: Sale): number => {
  const isWaiting = lastAccepted !== undefined && lastAccepted.appliedAt === undefined;
  const beyondWaiting = isWaiting ? lastAccepted.soldSince - lastAccepted.amount : 0;
  return Math.max(0, Math.min(units, Math.max(soldSince - figure, beyondWaiting)));
};
