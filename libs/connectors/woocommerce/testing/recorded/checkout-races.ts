import { recordedCases } from './recorded-case.js';

/** Some shoppers for fewer units at once: how often how many of them got an order, and what the stock was then. */
export type CheckoutRace = {
  readonly name: string;
  readonly stock: number;
  readonly outcomes: readonly { readonly orders: number; readonly stock: number; readonly times: number }[];
};

/** One unit, or as many as the name says. */
const stockIn = (name: string): number => Number(/stock (\d)$/u.exec(name)?.[1] ?? 1);

const outcome = /^\((\d+), (-?\d+)\)$/u;

/** Each shopper wants one unit. */
export const checkoutRaces: readonly CheckoutRace[] = Object.entries(recordedCases.races).map(([name, { res }]) => ({
  ...{ name, stock: stockIn(name) },
  outcomes: Object.entries(res).map(([shown, times]) => {
    const [, orders = NaN, stock = NaN] = (outcome.exec(shown) ?? []).map(Number);
    return { orders, stock, times };
  }),
}));
