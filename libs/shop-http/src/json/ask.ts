import { failed, type HttpFailure, type HttpOutcome } from '../failure.js';
import { isWrite } from '../request.js';
import { type JsonClient, type JsonRequest } from './client.js';
import { readAs } from './fields.js';
import { listIn, readAllPages } from './lists.js';

type Asked<Failure> = Pick<JsonClient<Failure>, 'send'>;

type Of<Value, Failure> = Promise<HttpOutcome<Value, HttpFailure | Failure>>;

/** Sends one request and reads its answer; one that only asks cannot have been applied. @param read may throw FieldError */
export const ask = async <Value, Failure>(
  client: Asked<Failure>,
  request: JsonRequest,
  read: (json: unknown) => Value,
  signal: AbortSignal,
): Of<Value, Failure> => {
  const answer = await client.send(request, signal);
  const outcome = answer.kind === 'failed' ? answer : readAs(() => read(answer.value));
  return outcome.kind === 'ok' || isWrite(request) ? outcome : failed({ ...outcome.failure, applied: 'no' });
};

export type ListRequest = { readonly resource: string; readonly query: Readonly<Record<string, string>> };

/** How a shop pages its lists: the most rows of a page, and the words for these and for the number of the page, from 1 on. */
export type Paging = { readonly rowsMax: number; readonly rowsName: string; readonly pageName: string };

/** Lists of a shop. `read` makes a row of each element, and may throw FieldError. */
export const listsBy = ({ rowsMax, rowsName, pageName }: Paging) => {
  /** One page, of `rowsMax` rows where the query does not name another number. */
  const readRows = async <Row, Failure>(
    client: Asked<Failure>,
    { resource, query }: ListRequest,
    read: (json: unknown) => Row,
    signal: AbortSignal,
  ): Of<readonly Row[], Failure> => {
    const paged = { [rowsName]: String(rowsMax), ...query };
    const answer = await client.send({ method: 'GET', resource, query: paged }, signal);
    return answer.kind === 'failed' ? answer : listIn(resource, answer.value, read);
  };
  /** All rows of a short list. */
  const readAllRows = <Row, Failure>(
    client: Asked<Failure>,
    { resource, query }: ListRequest,
    read: (json: unknown) => Row,
    signal: AbortSignal,
  ): Of<readonly Row[], Failure> =>
    readAllPages<Row, HttpFailure | Failure>(resource, rowsMax, (page) =>
      readRows(client, { resource, query: { ...query, [pageName]: String(page) } }, read, signal),
    );
  return { readRows, readAllRows };
};
