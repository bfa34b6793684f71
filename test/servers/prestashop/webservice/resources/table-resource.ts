import type { Context } from '../../shop/context.js';
import type { Table } from '../../shop/table.js';
import type { Tables } from '../../shop/tables.js';
import type { Entity, Field, Resource } from '../types.js';
import { entityOf } from './entity.js';

type AnyRow = { readonly id: number };

/** A resource that shows the rows of a table. @param orderedBy the column of texts whose index a list follows */
export const tableResource = (
  about: Omit<Resource, 'list' | 'get'> &
    Partial<Pick<Resource, 'list' | 'get'>> & { readonly fields: readonly Field[] },
  tableOf: (tables: Tables) => unknown,
  orderedBy?: string,
): Resource => {
  const rowsOf = (tables: Tables) => tableOf(tables) as Table<AnyRow>;
  const get = ({ tables }: Context, id: number): Entity | undefined => {
    const row = rowsOf(tables).get(id);
    return row === undefined ? undefined : entityOf(about.fields, row);
  };
  const list = ({ tables }: Context, names: ReadonlySet<string>, ids?: readonly number[]): readonly Entity[] => {
    const fields = about.fields.filter(({ name }) => names.has(name) || name === orderedBy);
    const rows = rowsOf(tables);
    const found = ids === undefined ? rows.all() : ids.flatMap((id) => rows.get(id) ?? []);
    const entities = found.map((row) => entityOf(fields, row));
    return orderedBy === undefined ? entities : entities.sort(byText(orderedBy));
  };
  return { list, get, ...about };
};

const byText =
  (name: string) =>
  (left: Entity, right: Entity): number => {
    const [a, b] = [String(left[name]), String(right[name])];
    return a < b ? -1 : Number(a > b);
  };
