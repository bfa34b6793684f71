import { type HttpFailure, type HttpOutcome, mapped } from '../failure.js';

type Of<Value, Failure> = Promise<HttpOutcome<Value, HttpFailure | Failure>>;

/** A place in a list whose pages are found by number alone: behind so many rows, the last of which is this one. */
export type Place = { readonly offset: number; readonly lastId: number };

const placePattern = /^(\d{1,9})@(\d{1,15})$/u;

/** A place as it was written, and the beginning where it is none. */
export const placeIn = (written: string | undefined): Place => {
  const [, offset = '0', lastId = '0'] = placePattern.exec(written ?? '') ?? [];
  return { offset: Number(offset), lastId: Number(lastId) };
};

export const placeText = ({ offset, lastId }: Place): string => `${offset}@${lastId}`;

/** So many rows may be deleted between two pages before one more page has to be read. */
const overlapRows = 10;

/** What stands behind a place: the rows that were not seen, the place of each of them, and whether there are no more. */
export type Behind<Row> = {
  readonly rows: readonly Row[];
  /** The place behind so many of these rows. */
  readonly placeAfter: (rows: number) => Place;
  readonly isLast: boolean;
};

/**
 * Rows behind a place in a list in the order of ids. Rows that are deleted move the others up: so a page begins before the last row
 * that was seen, and further before it until that one, or one before it, is there.
 *
 * @param page the rows behind so many
 */
export const readBehind = async <Row extends { readonly id: number }, Failure>(
  { offset, lastId }: Place,
  rowsMax: number,
  page: (offset: number) => Of<readonly Row[], Failure>,
): Of<Behind<Row>, Failure> => {
  for (let from = Math.max(0, offset - overlapRows); ; from = Math.max(0, from - rowsMax)) {
    const found = await page(from);
    if (found.kind === 'failed') return found;
    if (from > 0 && (found.value[0]?.id ?? Infinity) > lastId) continue;
    return mapped(found, (all) => {
      const rows = all.filter(({ id }) => id > lastId);
      const seen = from + all.length - rows.length;
      const placeAfter = (count: number): Place => ({ offset: seen + count, lastId: rows[count - 1]?.id ?? lastId });
      return { rows, placeAfter, isLast: all.length < rowsMax };
    });
  }
};
