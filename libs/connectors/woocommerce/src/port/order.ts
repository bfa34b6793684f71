import { type OrderView } from '../effects/index.js';

/** An order as it is kept between two readings: the view of the model, and what else describes it. Plain JSON. */
export type WooCommerceOrder = {
  readonly view: OrderView;
  /** When the shop called it completed last, `2026-11-20T23:02:56` in UTC. */
  readonly completedAt?: string;
  /** The key of the cart's hold, which the ledger's module writes into the order before it is paid. */
  readonly cart?: string;
  /** Id and date of each refund. */
  readonly refundedAt: readonly (readonly [number, string])[];
  /** Milliseconds of our own clock, when all of it was read. */
  readonly readAtMillis: number;
};
