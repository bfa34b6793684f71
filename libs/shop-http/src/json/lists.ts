import { failed, type HttpFailure, type HttpOutcome, ok } from '../failure.js';
import { malformed, readAs } from './fields.js';

type Rows<Row, Failure> = HttpOutcome<readonly Row[], HttpFailure | Failure>;

/** Rows of an answer that is a list. @param read may throw FieldError */
export const listIn = <Row>(
  resource: string,
  value: unknown,
  read: (json: unknown) => Row,
): HttpOutcome<readonly Row[]> => {
  if (!Array.isArray(value)) return failed({ ...malformed(`${resource} is no list`), applied: 'no' });
  const rows = readAs(() => value.map(read));
  return rows.kind === 'ok' ? rows : failed({ ...rows.failure, applied: 'no' });
};

/** More rows than anything has that is read whole: a product has some variations, an order some refunds. */
const rowsMax = 2_000;

/** All rows of a short list, page by page, until one is not full; `too_large` when it is none. @param page from 1 on */
export const readAllPages = async <Row, Failure>(
  resource: string,
  pageRowsMax: number,
  read: (page: number) => Promise<Rows<Row, Failure>>,
): Promise<Rows<Row, Failure>> => {
  const rows: Row[] = [];
  for (let page = 1; rows.length <= rowsMax; page += 1) {
    const found = await read(page);
    if (found.kind === 'failed') return found;
    rows.push(...found.value);
    if (found.value.length < pageRowsMax) return ok(rows);
  }
  const sentence = `The shop lists more than ${rowsMax} ${resource} where some are expected.`;
  return failed({ kind: 'too_large', sentence, applied: 'no' });
};

/** What a list in the order of changes says of a row. Seconds since 1970. */
type Changed = { readonly id: string; readonly changedAtSeconds: number };

/**
 * All rows that changed later than that, by a list in the order of their changes, page by page. A row that changes meanwhile
 * moves to the end and those behind it move up: so the next page is found by the time of the last row, and by its number only
 * within one second.
 */
export const readByTime = async <Row extends Changed, Failure>(
  seconds: number,
  pageRowsMax: number,
  read: (laterThan: number, page: number) => Promise<Rows<Row, Failure>>,
): Promise<Rows<Row, Failure>> => {
  const rows = new Map<string, Row>();
  let after = seconds;
  for (let page = 1; ;) {
    const found = await read(after, page);
    if (found.kind === 'failed') return found;
    if (page > 1 && found.value.length > 0 && found.value.every(({ id }) => rows.has(id)))
      return failed({ ...malformed(`page ${page} of a list repeats those before it`), applied: 'no' });
    for (const row of found.value) rows.set(row.id, row);
    if (found.value.length < pageRowsMax) return ok([...rows.values()]);
    const last = found.value.at(-1)?.changedAtSeconds ?? after;
    // Later than, by whole seconds: the last second is asked for once more.
    page = last - 1 > after ? 1 : page + 1;
    after = Math.max(after, last - 1);
  }
};
