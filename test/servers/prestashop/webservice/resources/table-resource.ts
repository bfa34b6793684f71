import type { Context } from '../../shop/context.js';
import type { Table } from '../../shop/table.js';
import type { Tables } from '../../shop/tables.js';
import type { Entity, Field, Resource, Sought } from '../types.js';
import { entityOf } from './entity.js';

type AnyRow = { readonly id: number };

/** The rows that may be sought, in the order of ids. @param indexed the column of the table's first index */
export const rowsSought = <Row extends AnyRow>(
  rows: Table<Row>,
  { values, afterId }: Sought,
  indexed?: string,
): readonly Row[] => {
  const ids = values.get('id');
  if (ids !== undefined) return ids.flatMap((id) => rows.get(id) ?? []);
  const owners = indexed === undefined ? undefined : values.get(indexed);
  if (owners !== undefined) return owners.flatMap((owner) => rows.where(owner)).sort((a, b) => a.id - b.id);
  return rows.after(afterId);
};

/**
 * A resource that shows the rows of a table. @param orderedBy the column of texts whose index a list follows
 * @param indexed the column of the table's first index
 */
export const tableResource = (
  about: Omit<Resource, 'list' | 'get'> &
    Partial<Pick<Resource, 'list' | 'get'>> & { readonly fields: readonly Field[] },
  tableOf: (tables: Tables) => unknown,
  { orderedBy, indexed }: { readonly orderedBy?: string; readonly indexed?: string } = {},
): Resource => {
  const rowsOf = (tables: Tables) => tableOf(tables) as Table<AnyRow>;
  const get = ({ tables }: Context, id: number): Entity | undefined => {
    const row = rowsOf(tables).get(id);
    return row === undefined ? undefined : entityOf(about.fields, row);
  };
  function* list({ tables }: Context, names: ReadonlySet<string>, sought: Sought): Iterable<Entity> {
    const fields = about.fields.filter(({ name }) => names.has(name) || name === orderedBy);
    for (const row of rowsSought(rowsOf(tables), sought, indexed)) yield entityOf(fields, row);
  }
  if (orderedBy === undefined) return { list, get, isInOrder: true, ...about };
  return { list: (...asked) => [...list(...asked)].sort(byText(orderedBy)), get, ...about };
};

const byText =
  (name: string) =>
  (left: Entity, right: Entity): number => {
    const [a, b] = [String(left[name]), String(right[name])];
    return a < b ? -1 : Number(a > b);
  };
