/**
 * How fast we write to a shop, by the shop's own answers: rows of a request, and the milliseconds of a row when the shop was
 * at its best.
 */
export type Pace = { readonly rows: number; readonly bestMillisPerRow: number | undefined };

export type PaceBounds = { readonly rowsMin: number; readonly rowsMax: number };

/** Measured on two releases of the slowest shop we speak to: from 50 rows on a row costs no less, and with 200 a request takes 80 to 140 ms. */
export const defaultBounds: PaceBounds = { rowsMin: 50, rowsMax: 200 };

export const initialPace = ({ rowsMin }: PaceBounds): Pace => ({ rows: rowsMin, bestMillisPerRow: undefined });

/** A shop whose rows take twice as long as they can is busy with its shoppers. */
const slowFactor = 2;
/** What was best once is forgotten slowly: a catalogue grows. */
const forgetting = 1.02;

/** After a request of so many rows that the shop took so long for. */
export const pacedBy = (pace: Pace, rows: number, millis: number, { rowsMin, rowsMax }: PaceBounds): Pace => {
  // A small request says more about the way to the shop than about its rows.
  if (rows < rowsMin) return pace;
  const perRow = millis / rows;
  const best = pace.bestMillisPerRow === undefined ? perRow : Math.min(perRow, pace.bestMillisPerRow * forgetting);
  const isSlow = perRow > best * slowFactor;
  const next = isSlow ? Math.floor(pace.rows / 2) : Math.ceil(pace.rows * 1.25);
  return { rows: Math.min(rowsMax, Math.max(rowsMin, next)), bestMillisPerRow: best };
};

/**
 * The shop keeps half of its time for its shoppers: how long it is left alone now.
 * @param busyMillis for so long it was busy with us
 * @param passedMillis since that began, with what we ourselves needed meanwhile; below nothing where the clock was set back
 */
export const restAfter = (busyMillis: number, passedMillis: number): number =>
  Math.max(0, 2 * busyMillis - Math.max(0, passedMillis));
