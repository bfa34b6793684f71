import { didYouMean } from './closest.js';
import { comparison, idAbove, matches, testOf, valuesOf } from './filters.js';
import type { Entity, Field, Query, Resource, Sought, WsError } from './types.js';

const id: Field = { name: 'id', kind: 'int' };

/** What a GET shows of the entities it finds. */
export type Display =
  | { readonly kind: 'ids' }
  | { readonly kind: 'full'; readonly fields: readonly Field[] }
  | { readonly kind: 'chosen'; readonly fields: readonly Field[] };

export type Selection = {
  readonly display: Display | undefined;
  /** The fields that it looks at. */
  readonly names: ReadonlySet<string>;
  readonly sought: Sought;
  readonly select: (entities: Iterable<Entity>) => readonly Entity[];
};

export const allFields = (resource: Resource): readonly Field[] => [id, ...resource.fields];

const namesOf = (fields: readonly Field[]): string => fields.map(({ name }) => name).join(', ');

/** What a list or a single GET is asked for, or why not. */
export const selectionOf = (resource: Resource, query: Query): Selection | WsError => {
  const filters = filtersOf(resource, query);
  if ('code' in filters) return filters;
  const order = orderOf(resource, query);
  if ('code' in order) return order;
  const display = displayOf(resource, query.get('display'));
  if (display !== undefined && 'code' in display) return display;
  const { offset, count } = limitOf(query.get('limit'));
  return {
    display,
    names: new Set([...filters.map(({ field }) => field.name), ...order.map(({ name }) => name)]),
    sought: soughtBy(filters),
    select: (entities) => {
      if (order.length === 0 || (resource.isInOrder === true && isById(order)))
        return firstOf(entities, filters, offset + count).slice(offset);
      const found = firstOf(entities, filters, Infinity);
      return found.sort(comparison(order)).slice(offset, offset + count);
    },
  };
};

const isById = ([first, ...more]: Order): boolean => first?.name === 'id' && !first.descends && more.length === 0;

/** Those that match, until there are so many: nothing is made for a page that nobody asked for. */
const firstOf = (entities: Iterable<Entity>, filters: readonly Filter[], count: number): Entity[] => {
  const found: Entity[] = [];
  if (count <= 0) return found;
  for (const entity of entities) {
    if (matches(entity, filters)) found.push(entity);
    if (found.length >= count) break;
  }
  return found;
};

const soughtBy = (filters: readonly Filter[]): Sought => ({
  values: new Map(
    filters.flatMap(({ field: { name }, values }) => (values === undefined ? [] : [[name, values] as const])),
  ),
  afterId: filters.find(({ field }) => field === id)?.above ?? 0,
});

type Filter = {
  readonly field: Field;
  readonly test: ReturnType<typeof testOf>;
  readonly values: readonly number[] | undefined;
  readonly above: number | undefined;
};

/** Dates of a row count only for those who say that they know of them. */
const searchable = (resource: Resource, query: Query): readonly Field[] => {
  const dated = query.get('date') === '1';
  return allFields(resource).filter(({ name }) => dated || (name !== 'date_add' && name !== 'date_upd'));
};

const filtersOf = (resource: Resource, query: Query): readonly Filter[] | WsError => {
  const known = searchable(resource, query);
  const filters: Filter[] = [];
  for (const [key, expression] of query) {
    const name = /^filter\[(.+)\]$/.exec(key)?.[1];
    if (name === undefined) continue;
    const field = known.find((candidate) => candidate.name === name);
    const error = errorOfFilter(field, name, expression, known);
    if (error !== undefined) return error;
    if (field !== undefined)
      filters.push({ field, test: testOf(expression), values: valuesOf(expression), above: idAbove(expression) });
  }
  return filters;
};

const errorOfFilter = (
  field: Field | undefined,
  name: string,
  expression: string,
  known: readonly Field[],
): WsError | undefined => {
  if (field === undefined) {
    const names = known.map((candidate) => candidate.name);
    return { code: 32, message: `This filter does not exist. ${didYouMean(name, names)}` };
  }
  if (expression === '') return { code: 33, message: `The filter "${name}" is malformed.` };
  return field.computed === true
    ? { code: 34, message: `The field "${name}" is dynamic. It is not possible to filter GET query with this field.` }
    : undefined;
};

type Order = readonly { readonly name: string; readonly descends: boolean }[];

const malformedSort: WsError = {
  code: 37,
  message:
    'The "sort" value has to be formed as this example: "field_ASC" or \'[field_1_DESC,field_2_ASC,field_3_ASC,...]\' ("field" has to be an available field)',
};

const orderOf = (resource: Resource, query: Query): Order | WsError => {
  const sort = query.get('sort');
  if (sort === undefined) return [];
  const order = sort
    .replace(/^\[(.*)\]$/, '$1')
    .split(',')
    .map((part) => /^(.+)_(ASC|DESC)$/i.exec(part));
  const parsed = order.map((part) => ({ name: part?.[1] ?? '', descends: part?.[2]?.toUpperCase() === 'DESC' }));
  if (parsed.some(({ name }) => name === '')) return malformedSort;
  const known = searchable(resource, query);
  if (parsed.every(({ name }) => known.some((field) => field.name === name))) return parsed;
  const plain = namesOf(known.filter(({ kind }) => kind !== 'i18n'));
  const i18n = namesOf(known.filter(({ kind }) => kind === 'i18n'));
  const message = `Unable to filter by this field. However, these are available: ${plain}, for i18n fields:${i18n}`;
  return { code: 38, message };
};

const displayOf = (resource: Resource, display: string | undefined): Display | undefined | WsError => {
  if (display === undefined) return undefined;
  const known = allFields(resource);
  if (display === 'full') return { kind: 'full', fields: known };
  const names = display.replace(/^\[(.*)\]$/, '$1').split(',');
  if (display === 'minimum') return { kind: 'ids' };
  const unknown = names.find((name) => !known.some((field) => field.name === name));
  if (unknown === undefined) return { kind: 'chosen', fields: known.filter(({ name }) => names.includes(name)) };
  const message = `Unable to display this field "${unknown}". However, these are available: ${namesOf(known)}`;
  return { code: 35, message };
};

/** "3" or "2,3" (offset, count). What is no number counts as 0. */
const limitOf = (limit: string | undefined): { readonly offset: number; readonly count: number } => {
  if (limit === undefined) return { offset: 0, count: Infinity };
  const [first, second] = limit.split(',').map((part) => Number.parseInt(part, 10) || 0);
  return second === undefined ? { offset: 0, count: first ?? 0 } : { offset: first ?? 0, count: second };
};
