import { pageRowsMax } from './types.js';
import type { Page, PageRequest } from './types.js';

/** How many rows a page holds: what was asked for within 1 and `pageRowsMax`. */
export const rowsOf = ({ limit }: PageRequest): number => Math.min(Math.max(1, Math.trunc(limit)), pageRowsMax);

/** A page of rows read with one more than it holds: the one too many tells that another page follows. */
export const pageOf = <Row>(read: readonly Row[], size: number, cursor: (last: Row) => string): Page<Row> => {
  const rows = read.slice(0, size);
  const last = rows.at(-1);
  return read.length > size && last !== undefined ? { rows, next: cursor(last) } : { rows };
};
