import type { StockWrite } from './context.js';

/** Enough for a day of a test's shop; the oldest go first. */
const writesMax = 100_000;

/** Every writing of a row of stock, whoever did it, in order. */
export type WriteLog = {
  readonly all: () => readonly StockWrite[];
  readonly add: (write: Omit<StockWrite, 'at'>) => void;
  readonly clear: () => void;
};

export const createWriteLog = (now: () => number = Date.now): WriteLog => {
  const writes: StockWrite[] = [];
  return {
    all: () => [...writes],
    add: (write) => {
      if (writes.length >= writesMax) writes.splice(0, writesMax / 10);
      writes.push({ ...write, at: now() });
    },
    clear: () => void writes.splice(0),
  };
};
