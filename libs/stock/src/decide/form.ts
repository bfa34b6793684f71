import { plus, type Instant } from '#event-sourcing';
import { aheadMillisMax, quantityMax, ttlMillisMax, ttlMillisMin } from '../bounds.js';
import type { StockRefusal } from '../refusals.js';

type Maybe = StockRefusal | undefined;

/** The first refusal in the documented order. */
export const firstRefusal = (...checks: readonly (() => Maybe)[]): Maybe => {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return undefined;
};

/** From 0 up to the most that one command may name. */
export const checkQuantity = (quantity: number): Maybe =>
  Number.isSafeInteger(quantity) && quantity >= 0 && quantity <= quantityMax
    ? undefined
    : { code: 'quantity_out_of_range', quantity, max: quantityMax };

/** A request for no units asks for nothing. */
export const checkPositive = (quantity: number): Maybe =>
  quantity === 0 ? { code: 'quantity_out_of_range', quantity, max: quantityMax } : checkQuantity(quantity);

/** Clocks out there differ, but not by this much. */
export const checkMoment = (occurredAt: Instant, now: Instant): Maybe =>
  occurredAt > now && occurredAt > plus(now, aheadMillisMax)
    ? { code: 'occurred_in_future', occurredAt, now }
    : undefined;

export const checkTtl = (ttlMillis: number | undefined): Maybe =>
  ttlMillis === undefined || (Number.isSafeInteger(ttlMillis) && ttlMillis >= ttlMillisMin && ttlMillis <= ttlMillisMax)
    ? undefined
    : { code: 'ttl_out_of_range', ttlMillis, min: ttlMillisMin, max: ttlMillisMax };
