import type { Row } from '../file/row.js';
import { isGoods, kindOf, stockDelta } from './kind.js';
import type { Survey } from './survey.js';

/** The least stock a product must have had before its first line (`firstMinute`) so that it never fell below 0. */
export type Opening = { readonly sku: string; readonly quantity: number; readonly firstMinute: string };

type Running = { delta: number; lowest: number; lines: number; readonly firstMinute: string };

export type Openings = {
  readonly see: (row: Row) => void;
  /** The products that need any, in the order of their first line. */
  readonly openings: () => Opening[];
  /** The products with the most lines, the busiest first. */
  readonly hottest: (count: number) => string[];
};

/** Runs along the lines of a surveyed file. */
export const startOpenings = (survey: Survey): Openings => {
  const running = new Map<string, Running>();
  return {
    see: (row) => {
      if (isGoods(row.sku)) run(running, row, stockDelta(kindOf(row, survey), row.quantity));
    },
    openings: () =>
      [...running].flatMap(([sku, { lowest, firstMinute }]) =>
        lowest < 0 ? [{ sku, quantity: -lowest, firstMinute }] : [],
      ),
    hottest: (count) =>
      [...running]
        .sort(([, a], [, b]) => b.lines - a.lines)
        .slice(0, count)
        .map(([sku]) => sku),
  };
};

const run = (running: Map<string, Running>, row: Row, delta: number): void => {
  let product = running.get(row.sku);
  if (product === undefined) {
    product = { delta: 0, lowest: 0, lines: 0, firstMinute: row.minute };
    running.set(row.sku, product);
  }
  product.lines += 1;
  product.delta += delta;
  product.lowest = Math.min(product.lowest, product.delta);
};
