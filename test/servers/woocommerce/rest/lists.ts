import { notOneOf, outOfBounds, wrongDate } from './errors.js';
import type { Found, Json, RestRequest } from './types.js';

const perPageMax = 100;
const perPageDefault = 10;
const minuteMs = 60_000;

/** What all lists have in common. */
type Row = { readonly id: number; readonly createdAt: number; readonly modifiedAt: number };

const orderings = [
  ...['date', 'id', 'include', 'title', 'slug', 'modified', 'popularity', 'rating', 'post__in', 'price', 'sales'],
  ...['menu_order', 'random', 'popularity', 'rating', 'menu_order', 'price', 'popularity', 'rating'],
];

/** Numbers between commas. */
export const idsIn = (text: string | undefined): readonly number[] | undefined =>
  text === undefined || text === '' ? undefined : text.split(',').map(Number);

/** Without a zone it is the shop's own time, unless the request says otherwise. */
const modifiedIn = ({ query }: RestRequest, name: string, zoneMinutes: number): number | undefined => {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const hasZone = /[Z+]/u.test(text);
  const millis = Date.parse(hasZone ? text : `${text}Z`);
  if (Number.isNaN(millis)) throw wrongDate(name);
  return hasZone || query.get('dates_are_gmt') === 'true' ? millis : millis - zoneMinutes * minuteMs;
};

const wholeIn = ({ query }: RestRequest, name: string, fallback: number): number => Number(query.get(name) ?? fallback);

type Listing<One> = {
  readonly url: string;
  readonly allow: string;
  readonly render: (row: One) => Json;
  /** How far the shop's own time is ahead of UTC. */
  readonly zoneMinutes?: number;
  /** What the links to other pages say besides what was asked, and in place of its status. */
  readonly nextQuery?: string;
};

/** Filters by date and id, sorts, cuts, and says how many there are. @throws RestError */
export const listOf = <One extends Row>(
  request: RestRequest,
  rows: readonly One[],
  { url, allow, render, zoneMinutes = 0, nextQuery = '' }: Listing<One>,
): Found => {
  const { page, perPage, offset } = pageOf(request);
  const found = sorted(request, rows.filter(filterOf(request, zoneMinutes)));
  const pages = Math.ceil(found.length / perPage);
  const shown = found.slice(offset ?? (page - 1) * perPage).slice(0, perPage);
  const links = linksOf(url, request, page, pages, nextQuery);
  return {
    ...{ status: 200, body: shown.map((row) => withoutLinks(request, render(row))), allow },
    headers: {
      'x-wp-total': String(found.length),
      'x-wp-totalpages': String(pages),
      ...(links !== '' && { link: links }),
    },
  };
};

const pageOf = (request: RestRequest) => {
  const [page, perPage] = [wholeIn(request, 'page', 1), wholeIn(request, 'per_page', perPageDefault)];
  if (perPage < 1 || perPage > perPageMax) throw outOfBounds('per_page', 'between 1 (inclusive) and 100 (inclusive)');
  if (page < 1) throw outOfBounds('page', 'greater than or equal to 1');
  const orderby = request.query.get('orderby') ?? 'date';
  if (!orderings.includes(orderby)) throw notOneOf('orderby', orderings);
  const offset = request.query.get('offset');
  return { page, perPage, offset: offset === undefined ? undefined : Number(offset) };
};

/** Strict, to the second. */
const filterOf = (request: RestRequest, zoneMinutes: number): ((row: Row) => boolean) => {
  const [after, before] = ['modified_after', 'modified_before'].map((name) => modifiedIn(request, name, zoneMinutes));
  const include = idsIn(request.query.get('include'));
  return ({ id, modifiedAt }) => {
    const at = Math.floor(modifiedAt / 1_000) * 1_000;
    return (
      (after === undefined || at > after) && (before === undefined || at < before) && (include?.includes(id) ?? true)
    );
  };
};

const sorted = <One extends Row>({ query }: RestRequest, rows: readonly One[]): readonly One[] => {
  const orderby = query.get('orderby');
  const sign = query.get('order') === 'asc' ? 1 : -1;
  const valueOf = ({ id, createdAt, modifiedAt }: Row): number =>
    orderby === 'modified' ? modifiedAt : orderby === 'id' ? id : createdAt;
  return rows.toSorted((one, other) => sign * (valueOf(one) - valueOf(other) || one.id - other.id));
};

const linksOf = (url: string, { query }: RestRequest, page: number, pages: number, more: string): string => {
  const linkTo = (to: number, rel: string): string => {
    const rest = [...query]
      .filter(([name]) => name !== 'page')
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const asked = rest.filter((part) => !part.startsWith('status='));
    if (more !== '') return `<${url}?${[...asked, more, `page=${to}`].join('&')}>; rel="${rel}"`;
    const kept = query.has('page')
      ? [...query].map(([name, value]) => (name === 'page' ? `page=${to}` : `${name}=${encodeURIComponent(value)}`))
      : [...rest, `page=${to}`];
    return `<${url}?${kept.join('&')}>; rel="${rel}"`;
  };
  const previous = page > 1 ? [linkTo(Math.min(page - 1, Math.max(pages, 1)), 'prev')] : [];
  return [...previous, ...(page < pages ? [linkTo(page + 1, 'next')] : [])].join(', ');
};

/** Rows of a list lose their links where fields are named and links are not. */
const withoutLinks = ({ query }: RestRequest, row: Json): Json => {
  const fields = query.get('_fields')?.split(',');
  if (fields === undefined || fields.includes('_links')) return row;
  const { _links: _, ...rest } = row;
  return rest;
};

/** `_fields` keeps what it names, and the links of an answer that is one resource. */
export const onlyFields = ({ query }: RestRequest, body: unknown): unknown => {
  const fields = query.get('_fields')?.split(',');
  if (fields === undefined) return body;
  if (Array.isArray(body)) return body.map((row: Json) => pick(row, fields));
  const picked = pick(body as Json, fields);
  // PHP writes an array without entries as a list.
  return Object.keys(picked).length === 0 ? [] : picked;
};

/** A name with a dot asks for fields of a field; of a list it finds none. */
const pick = (row: Json, fields: readonly string[]): Json => {
  const within = new Set(fields.filter((name) => name.includes('.')).map((name) => name.slice(0, name.indexOf('.'))));
  const isAsked = (name: string): boolean => fields.includes(name) || within.has(name) || name === '_links';
  const kept = Object.entries(row).filter(([name]) => isAsked(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, fields.includes(name) || name === '_links' ? value : []]),
  );
};
