import type { Order } from './rows.js';

/** Cents, so that sums are exact. */
export const cents = (amount: number): number => Math.round(amount * 100);

export const totalOf = ({ lines }: Order): number => lines.reduce((sum, { total }) => sum + cents(total), 0) / 100;

/** What is not given back yet, in cents. */
export const leftOf = (order: Order): number =>
  cents(totalOf(order)) - order.refunds.reduce((sum, { amount }) => sum + cents(amount), 0);
