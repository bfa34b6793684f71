import { listIn, readAllPages } from '#shop-http';
import { type Client } from './client.js';
import { type Outcome } from './failure.js';

/** What the shop gives at once. */
export const pageRowsMax = 100;

export type ListRequest = { readonly resource: string; readonly query: Readonly<Record<string, string>> };

/** One page of a list, of `pageRowsMax` rows at most. @param read may throw FieldError */
export const readRows = async <Row>(
  client: Client,
  { resource, query }: ListRequest,
  read: (json: unknown) => Row,
  signal: AbortSignal,
): Promise<Outcome<readonly Row[]>> => {
  const paged = { per_page: String(pageRowsMax), ...query };
  const answer = await client.send({ method: 'GET', resource, query: paged }, signal);
  return answer.kind === 'failed' ? answer : listIn(resource, answer.value, read);
};

/** All rows of a short list. */
export const readAllRows = <Row>(
  client: Client,
  list: ListRequest,
  read: (json: unknown) => Row,
  signal: AbortSignal,
): Promise<Outcome<readonly Row[]>> =>
  readAllPages(list.resource, pageRowsMax, (page) =>
    readRows(client, { ...list, query: { ...list.query, page: String(page) } }, read, signal),
  );
