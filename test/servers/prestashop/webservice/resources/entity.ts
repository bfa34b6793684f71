import type { Entity, Field, Value } from '../types.js';

/** The fields of a resource, taken from a row of the shop or from what is the same for all. */
export const entityOf = (fields: readonly Field[], row: { readonly id: number }): Entity => {
  const columns = row as unknown as Readonly<Record<string, Value | undefined>>;
  return {
    id: row.id,
    ...Object.fromEntries(fields.map(({ name, constant }) => [name, columns[name] ?? constant ?? null])),
  };
};

/** What a body said, over what the entity was: texts stay texts, as the shop's answer shows them. */
export const merged = (entity: Entity, values: Readonly<Record<string, string | null>>): Entity => ({
  ...entity,
  ...values,
});

/** Values of a body in the types of columns. What a PUT left out is 0 or empty in the database. */
export const columnsOf = (
  fields: readonly Field[],
  values: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    fields
      .filter(({ name }) => name in values)
      .map(({ name, kind }) => {
        const value = values[name] ?? '';
        return [name, kind === 'text' || kind === 'i18n' ? value : Number(value)];
      }),
  );
