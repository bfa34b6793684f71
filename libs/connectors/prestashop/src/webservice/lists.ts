import { type Client } from './client.js';
import { failed, type Outcome } from './failure.js';
import { displayOf, type Resource, rowsInDocument, rowsInList } from './resource.js';
import { malformedAnswer } from './xml.js';

/** A condition on one field, in the words of the webservice: the text goes between its brackets as it is. */
export type Filter = { readonly field: string; readonly value: string };

/** One of several values. */
export const anyOf = (field: string, values: readonly (number | string)[]): Filter => ({
  field,
  value: `[${values.join('|')}]`,
});

export const above = (field: string, value: number | string): Filter => ({ field, value: `>[${value}]` });

/** Both ends included. */
export const between = (field: string, low: number | string, high: number | string): Filter => ({
  field,
  value: `[${low},${high}]`,
});

export type ListRequest = {
  /** Of fields other than the id: the id is what pages are found by. */
  readonly filters?: readonly Filter[];
  /** The shop in whose context the webservice runs; for lists of rows it makes no difference, they are filtered. */
  readonly shopId?: number;
};

export type PageRequest = ListRequest & {
  /** Rows with a greater id; 0 for the first page. */
  readonly afterId: number;
  readonly rowsMax?: number;
};

/** Every row of a list is loaded on its own by the shop: 500 of them take it 0.03 to 0.1 s. */
export const pageRowsDefault = 500;

export type Page<Row> = {
  readonly rows: readonly Row[];
  /** Whether this was the last page. The webservice tells no count: a page that is not full ends the list. */
  readonly isLast: boolean;
};

const filterQuery = ({ field, value }: Filter): readonly [string, string] => [`filter[${field}]`, value];

/** Dates may be filtered and sorted by with this switch alone. */
const dateSwitch = (filters: readonly Filter[]): readonly (readonly [string, string])[] =>
  filters.some(({ field }) => field.startsWith('date_')) ? [['date', '1']] : [];

const contextOf = (shopId: number | undefined): readonly (readonly [string, string])[] =>
  shopId === undefined ? [] : [['id_shop', String(shopId)]];

/** One page of a resource in the order of ids. A page is found by the last id before it, so rows that come and go shift nothing. */
export const readPage = async <Row>(
  client: Client,
  resource: Resource<Row>,
  { filters = [], shopId, afterId, rowsMax = pageRowsDefault }: PageRequest,
  signal?: AbortSignal,
): Promise<Outcome<Page<Row>>> => {
  const all = [...filters, above('id', afterId)];
  const query = [
    ...all.map(filterQuery),
    ...dateSwitch(all),
    ...contextOf(shopId),
    ['display', displayOf(resource)] as const,
    ['sort', '[id_ASC]'] as const,
    ['limit', String(rowsMax)] as const,
  ];
  const answer = await client.send({ method: 'GET', resource: resource.path, query }, signal);
  if (answer.kind === 'failed') return answer;
  const rows = rowsInList(resource, answer.value.document);
  if (rows.kind === 'failed') return failed({ ...rows.failure, applied: 'no' });
  return { kind: 'ok', value: { rows: rows.value, isLast: rows.value.length < rowsMax } };
};

/**
 * All rows of a resource, page by page: a page that fails ends it, as its last element. Rows with ids, ascending.
 * A page that holds no greater id than the one before is malformed: the list would never end.
 */
export async function* readPages<Row extends { readonly id: number }>(
  client: Client,
  resource: Resource<Row>,
  request: ListRequest & { readonly rowsMax?: number; readonly afterId?: number } = {},
  signal?: AbortSignal,
): AsyncGenerator<Outcome<readonly Row[]>> {
  let { afterId = 0 } = request;
  for (;;) {
    const page = await readPage(client, resource, { ...request, afterId }, signal);
    if (page.kind === 'failed') {
      yield page;
      return;
    }
    const { rows, isLast } = page.value;
    const last = rows.at(-1)?.id ?? afterId;
    if (rows.length > 0 && last <= afterId) {
      yield malformedAnswer(`${resource.path} after ${afterId} lists ${last}`);
      return;
    }
    yield { kind: 'ok', value: rows };
    if (isLast) return;
    afterId = last;
  }
}

/** The row with the highest id, or with the latest time of change; undefined where there is none. */
export const readNewest = async <Row>(
  client: Client,
  resource: Resource<Row>,
  by: 'id' | 'date_upd',
  signal?: AbortSignal,
): Promise<Outcome<Row | undefined>> => {
  const query = [
    ['display', displayOf(resource)] as const,
    ['sort', `[${by}_DESC]`] as const,
    ['limit', '1'] as const,
    ...(by === 'date_upd' ? [['date', '1'] as const] : []),
  ];
  const answer = await client.send({ method: 'GET', resource: resource.path, query }, signal);
  if (answer.kind === 'failed') return answer;
  const rows = rowsInList(resource, answer.value.document);
  return rows.kind === 'failed' ? rows : { kind: 'ok', value: rows.value[0] };
};

/** Most ids in one question: an address of some thousand characters is more than some servers take. */
export const idsMax = 100;

/**
 * Rows of these ids, ascending; ids that the shop does not have are left out.
 *
 * @throws RangeError for more than `idsMax` ids.
 */
export const readByIds = async <Row>(
  client: Client,
  resource: Resource<Row>,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<Outcome<readonly Row[]>> => {
  if (ids.length > idsMax) throw new RangeError(`at most ${idsMax} ids, not ${ids.length}`);
  if (ids.length === 0) return { kind: 'ok', value: [] };
  const query = [
    filterQuery(anyOf('id', ids)),
    ['display', displayOf(resource)] as const,
    ['sort', '[id_ASC]'] as const,
  ];
  const answer = await client.send({ method: 'GET', resource: resource.path, query }, signal);
  return answer.kind === 'failed' ? answer : rowsInList(resource, answer.value.document);
};

/** One row by its id; `not_found` when the shop has none. */
export const readOne = async <Row>(
  client: Client,
  resource: Resource<Row>,
  id: number,
  signal?: AbortSignal,
): Promise<Outcome<Row>> => {
  const query = [['display', displayOf(resource)] as const];
  const answer = await client.send({ method: 'GET', resource: `${resource.path}/${id}`, query }, signal);
  if (answer.kind === 'failed') return answer;
  const rows = rowsInDocument(resource, answer.value.document);
  if (rows.kind === 'failed') return rows;
  const [row] = rows.value;
  return row === undefined ? malformedAnswer(`${resource.path}/${id} is empty`) : { kind: 'ok', value: row };
};
