import { FieldError } from '#shop-http';
import { type Client } from './client.js';
import { failed, malformed, ok, type Outcome } from './failure.js';

/** What the shop gives at once. */
export const pageRowsMax = 100;

/** Rows of an answer that is a list. @param read may throw FieldError */
const rowsOf = <Row>(resource: string, value: unknown, read: (json: unknown) => Row): Outcome<readonly Row[]> => {
  if (!Array.isArray(value)) return failed({ ...malformed(`${resource} is no list`), applied: 'no' });
  try {
    return ok(value.map(read));
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return failed({ ...malformed(`${resource}: ${error.message}`), applied: 'no' });
  }
};

/** One page of a list, of `pageRowsMax` rows at most. @param read may throw FieldError */
export const readRows = async <Row>(
  client: Client,
  { resource, query }: { readonly resource: string; readonly query: Readonly<Record<string, string>> },
  read: (json: unknown) => Row,
  signal: AbortSignal,
): Promise<Outcome<readonly Row[]>> => {
  const answer = await client.send(
    { method: 'GET', resource, query: { per_page: String(pageRowsMax), ...query } },
    signal,
  );
  return answer.kind === 'failed' ? answer : rowsOf(resource, answer.value, read);
};

/** More rows than anything has that is read whole: a product has some variations, an order some refunds. */
const rowsMax = 2_000;

/** All rows of a short list, page by page; `too_large` when it is none. */
export const readAllRows = async <Row>(
  client: Client,
  list: { readonly resource: string; readonly query: Readonly<Record<string, string>> },
  read: (json: unknown) => Row,
  signal: AbortSignal,
): Promise<Outcome<readonly Row[]>> => {
  const rows: Row[] = [];
  for (let page = 1; rows.length <= rowsMax; page += 1) {
    const query = { ...list.query, page: String(page) };
    const found = await readRows(client, { ...list, query }, read, signal);
    if (found.kind === 'failed') return found;
    rows.push(...found.value);
    if (found.value.length < pageRowsMax) return ok(rows);
  }
  const sentence = `The shop lists more than ${rowsMax} ${list.resource} where some are expected.`;
  return failed({ kind: 'too_large', sentence, applied: 'no' });
};
