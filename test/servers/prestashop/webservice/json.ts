import type { Traits } from '../versions.js';
import type { Shown } from './render-xml.js';
import type { Association, Entity, Field, Resource, Value, WsError } from './types.js';

/** As PHP writes JSON: slashes escaped. */
const encode = (value: unknown): string => JSON.stringify(value).replaceAll('/', '\\/');

export const jsonOfErrors = (errors: readonly WsError[]): string => encode({ errors });

type JsonObject = Readonly<Record<string, unknown>>;

/** An empty list has no name. */
export const jsonOfIds = (resource: Resource, ids: readonly Value[]): string =>
  ids.length === 0 ? '[]' : encode({ [resource.many]: ids.map((id) => ({ id })) });

export const jsonOfList = (resource: Resource, shown: readonly Shown[], traits: Traits): string =>
  shown.length === 0 ? '[]' : encode({ [resource.many]: shown.map((one) => objectOf(one, traits)) });

/** Without a display, whatever PHP takes for false is missing: a quantity of 0 too. Of several, the last one is left. */
export const jsonOfOne = (resource: Resource, shown: Shown, traits: Traits): string =>
  encode({ [resource.one]: withoutFalse(objectOf(shown, traits)) });

const withoutFalse = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => ![0, '0', '', null, false].includes(value as Value) && !isEmptyArray(value),
    ),
  );

const isEmptyArray = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const objectOf = ({ entity, fields, associations }: Shown, traits: Traits): JsonObject => ({
  ...valuesOf(fields, entity, (field, value) => (field.name === 'id' ? value : typed(field, value, traits))),
  ...(associations.length > 0 && {
    associations: Object.fromEntries(
      associations.flatMap((association) =>
        association.rows.length === 0 ? [] : [[association.name, partsOf(association, traits)]],
      ),
    ),
  }),
});

const partsOf = ({ fields, rows }: Association, traits: Traits): readonly JsonObject[] =>
  rows.map((row) => valuesOf(fields, row, (field, value) => typed(field, value, traits)));

const valuesOf = (fields: readonly Field[], entity: Entity, show: (field: Field, value: Value) => Value): JsonObject =>
  Object.fromEntries(fields.map((field) => [field.name, show(field, entity[field.name] ?? null)]));

/** Integers are numbers since 9; what stands for yes or no is a string there, too. */
const typed = ({ kind }: Field, value: Value, traits: Traits): Value => {
  if (typeof value !== 'number') return value;
  return traits.jsonHasNumbers && kind !== 'bool' ? value : String(value);
};
