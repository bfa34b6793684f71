import type { BasketLine } from '../day/baskets.js';

export type Visit = {
  /** What was bought; nothing where somebody else was faster. */
  readonly bought: readonly BasketLine[];
  /** Lines of which the page said that there are none. */
  readonly missed: number;
  /** The ledger had promised the last units to somebody else. */
  readonly turnedBack: boolean;
};

/** A shop or marketplace, as its shoppers and its owner see it. */
export type Seller = {
  readonly channel: string;
  /** Whether it asks the ledger before it promises a unit. */
  readonly asksFirst: boolean;
  readonly sells: (sku: string) => boolean;
  /** Somebody comes for these, and takes of each as many as the page says that there are. */
  readonly visit: (wanted: readonly BasketLine[]) => Promise<Visit>;
  /** What its pages say. */
  readonly shown: () => ReadonlyMap<string, number>;
  /** Units in its own orders: what it has to deliver. */
  readonly sold: () => ReadonlyMap<string, number>;
  readonly orders: () => number;
  /** Figures that others have written there. */
  readonly writes: () => number;
};

/** As many as the page says that there are. */
export const takeWhatIsShown = (
  wanted: readonly BasketLine[],
  figureOf: (sku: string) => number,
): { readonly taken: readonly BasketLine[]; readonly missed: number } => {
  const taken = wanted
    .map(({ sku, units }) => ({ sku, units: Math.min(units, figureOf(sku)) }))
    .filter(({ units }) => units > 0);
  return { taken, missed: wanted.length - taken.length };
};

export const addUnits = (to: Map<string, number>, sku: string, units: number): void =>
  void to.set(sku, (to.get(sku) ?? 0) + units);
