import { type Page } from '#channel-kit';
import { type HttpFailure, type HttpOutcome, mapped } from '../failure.js';
import { placeIn, placeText, readBehind } from './behind.js';

type Of<Value, Failure> = Promise<HttpOutcome<Value, HttpFailure | Failure>>;

/** Rows with parts that are read apart, such as products with their variations. */
export type Walk<Row, Item, Failure> = {
  /** Of one page as the shop gives it: more than the ten that are read again lest one is missed. */
  readonly rowsMax: number;
  /** At most `rowsMax` rows in the order of their ids, from the one behind so many. */
  readonly page: (offset: number) => Of<readonly Row[], Failure>;
  /** How many parts of a row will be read. */
  readonly partsOf: (row: Row) => number;
  /** What is told of some rows, once their parts are read. */
  readonly read: (rows: readonly Row[]) => Of<readonly Item[], Failure>;
};

/** Parts that are read for one page, but for those of its first row: a shop may have hundreds of each. */
const partsMax = 500;

/** How many rows fit into one page. */
const fitting = <Row>(rows: readonly Row[], partsOf: (row: Row) => number): number => {
  let parts = 0;
  const at = rows.findIndex((row, index) => {
    parts += partsOf(row);
    return index > 0 && parts > partsMax;
  });
  return at === -1 ? rows.length : at;
};

/** One page of what is told of rows, each with all of its parts. @param after the `next` of the page before */
export const walkOn = async <Row extends { readonly id: number }, Item, Failure>(
  after: string | undefined,
  { rowsMax, page, partsOf, read }: Walk<Row, Item, Failure>,
): Of<Page<Item>, Failure> => {
  const behind = await readBehind(placeIn(after), rowsMax, page);
  if (behind.kind === 'failed') return behind;
  const { rows, placeAfter, isLast } = behind.value;
  const count = fitting(rows, partsOf);
  const next = isLast && count === rows.length ? undefined : placeText(placeAfter(count));
  return mapped(await read(rows.slice(0, count)), (items) => ({ items, next }));
};
