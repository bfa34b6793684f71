import { isProtected, oversoldOf, soldBy, unitsOf, type Oversold } from './world/count.js';
import type { Figure } from './ledger/figures.js';
import type { Seller } from './world/seller.js';

/** A page that does not show what the ledger says. */
export type WrongPage = {
  readonly channel: string;
  readonly sku: string;
  readonly shows: number;
  readonly shouldBe: number;
};

/** A product of which the ledger believes something else to be left than the shops' orders leave. */
export type WrongBook = { readonly sku: string; readonly left: number; readonly believed: number };

export type Verdict = {
  readonly soldUnits: number;
  /** Of products that nobody sells without asking first. */
  readonly oversoldProtected: readonly Oversold[];
  readonly oversoldExposed: readonly Oversold[];
  readonly wrongPages: readonly WrongPage[];
  readonly wrongBooks: readonly WrongBook[];
};

export type Seen = {
  readonly stock: ReadonlyMap<string, number>;
  readonly sellers: readonly Seller[];
  /** By channel: what the ledger says now. */
  readonly figures: ReadonlyMap<string, ReadonlyMap<string, Figure>>;
  /** The channel that is shown everything: what it may promise is what is left. */
  readonly whole: string;
};

/** The most that an offer of the marketplace can say. */
const shownMax = 999;

const wrongPagesOf = ({ sellers, figures }: Seen): readonly WrongPage[] =>
  sellers.flatMap(({ channel, shown }) =>
    [...shown()].flatMap(([sku, shows]) => {
      const said = figures.get(channel)?.get(sku)?.shown ?? 0;
      const isRight = shows === said || (shows === shownMax && said > shownMax) || (said === 0 && shows <= 0);
      return isRight ? [] : [{ channel, sku, shows, shouldBe: said }];
    }),
  );

const wrongBooksOf = ({ stock, figures, whole }: Seen, sold: ReadonlyMap<string, number>): readonly WrongBook[] =>
  [...stock].flatMap(([sku, had]) => {
    const left = Math.max(0, had - (sold.get(sku) ?? 0));
    const believed = figures.get(whole)?.get(sku)?.atp ?? 0;
    return left === believed ? [] : [{ sku, left, believed }];
  });

/** Holds the shops' own orders against what there was, and the pages and the ledger against both. */
export const judge = (seen: Seen): Verdict => {
  const sold = soldBy(seen.sellers);
  const oversold = oversoldOf(seen.stock, sold);
  const [protectedOnes, exposed] = [true, false].map((wanted) =>
    oversold.filter(({ sku }) => isProtected(sku, seen.sellers) === wanted),
  );
  return {
    soldUnits: [...sold.values()].reduce((sum, units) => sum + units, 0),
    oversoldProtected: protectedOnes ?? [],
    oversoldExposed: exposed ?? [],
    wrongPages: wrongPagesOf(seen),
    wrongBooks: wrongBooksOf(seen, sold),
  };
};

/** Everything shows what it should, and the ledger has taken in every order. */
export const isSettled = ({ wrongPages, wrongBooks }: Verdict): boolean =>
  wrongPages.length === 0 && wrongBooks.length === 0;

export const oversoldUnits = ({ oversoldProtected, oversoldExposed }: Verdict): number =>
  unitsOf(oversoldProtected) + unitsOf(oversoldExposed);
