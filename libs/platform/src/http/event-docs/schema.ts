/** What of a JSON Schema (2020-12) the page shows. */
export type Schema = {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly examples?: readonly unknown[];
  readonly $defs?: Readonly<Record<string, Schema>>;
};

/** An object that has a table of its own, under the name by which others point to it. */
export type NamedObject = { readonly name: string; readonly schema: Schema };

const definition = '#/$defs/';
const nameOf = ({ $ref = '' }: Schema): string => $ref.slice(definition.length);

/** What a reference within the schema means. @throws Error for one that leads nowhere: a mistake of the schema's author */
export const resolved = (root: Schema, schema: Schema): Schema => {
  if (schema.$ref === undefined) return schema;
  const target = schema.$ref.startsWith(definition) ? root.$defs?.[nameOf(schema)] : undefined;
  if (target === undefined) throw new Error(`${schema.$ref} leads nowhere`);
  return target;
};

export const isObject = (root: Schema, schema: Schema): boolean => resolved(root, schema).properties !== undefined;

/** The objects that a schema consists of, each once, in the order in which a reader meets them. */
export const objectsOf = (root: Schema): readonly NamedObject[] => {
  const found = new Map<string, Schema>();
  const visit = (schema: Schema): void => {
    const target = resolved(root, schema);
    if (schema.$ref !== undefined && target.properties !== undefined) {
      if (found.has(nameOf(schema))) return;
      found.set(nameOf(schema), target);
    }
    [...Object.values(target.properties ?? {}), ...(target.oneOf ?? []), target.items ?? {}].forEach((part) => {
      if (part.$ref !== undefined || part.items !== undefined) visit(part);
    });
  };
  if (root.properties !== undefined) found.set('', root);
  visit(root);
  return [...found].map(([name, schema]) => ({ name, schema }));
};

/** The name by which a reference points to an object of the schema. */
export const targetName = nameOf;
