/** A row that waits to be written. Figures of the listing. */
export type DueWrite = {
  readonly row: string;
  readonly target: number;
  /** What the row is believed to show. */
  readonly believed: number;
  /** Sold in a day, as far as is known. */
  readonly soldPerDay: number;
  /** Something was sold there within the last ten minutes: somebody may be buying right now. */
  readonly isBusy: boolean;
};

const isFall = ({ target, believed }: DueWrite): boolean => target < believed;

/** Falls before rises, what is nearly sold out first, then what sells best. */
const before = (a: DueWrite, b: DueWrite): number =>
  Number(isFall(b)) - Number(isFall(a)) ||
  Math.min(a.target, a.believed) - Math.min(b.target, b.believed) ||
  b.soldPerDay - a.soldPerDay ||
  (a.row < b.row ? -1 : 1);

/** What goes out in one request. */
export type WriteBatch = readonly DueWrite[];

/** A shop that is slow with two hundred rows keeps a busy one waiting for so long: those go in small requests. */
export const busyRowsMax = 10;

const piecesOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/**
 * The next requests, in the order in which they go out: busy rows of falls first, and nothing that can still be sold too
 * often waits behind a rise.
 * @param rowsMax the most rows of a request, 1 or more
 */
export const batchesOf = (due: readonly DueWrite[], rowsMax: number): readonly WriteBatch[] => {
  const sorted = due.toSorted(before);
  return [true, false].flatMap((falls) => {
    const same = sorted.filter((one) => isFall(one) === falls);
    return [
      ...piecesOf(
        same.filter(({ isBusy }) => isBusy),
        Math.min(busyRowsMax, rowsMax),
      ),
      ...piecesOf(
        same.filter(({ isBusy }) => !isBusy),
        rowsMax,
      ),
    ];
  });
};
