import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { messageContracts } from '#messaging';

export type Example = {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
};
export type Message = {
  readonly headers: object;
  readonly payload: { readonly schema: { readonly $ref: string } };
  readonly bindings: { readonly kafka: { readonly key: object } };
  readonly examples: readonly Example[];
};
export type Channel = {
  readonly address: string;
  readonly messages: Readonly<Record<string, { readonly $ref: string }>>;
};
export type AsyncApi = {
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, { readonly channel: { readonly $ref: string } }>>;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
};
export type Schema = { readonly $id: string; readonly examples: readonly unknown[] };

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, messageContracts), 'utf8'));

export const asyncApi = readJson('asyncapi.json') as AsyncApi;

export const schemas: Readonly<Record<string, Schema>> = Object.fromEntries(
  readdirSync(new URL('schemas/', messageContracts)).map((name) => [name, readJson(`schemas/${name}`) as Schema]),
);

/** Strict: an unknown keyword or a type left out is a mistake of the schema's author. */
export const createAjv = (): Ajv2020 => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: false, allowUnionTypes: true });
  addFormats.default(ajv);
  return ajv;
};

const ajv = createAjv();

/** By the name of its file: `order.v1.json`. */
export const validatorOf = (name: string): ValidateFunction => {
  const schema = schemas[name];
  if (schema === undefined) throw new Error(`no schema ${name}`);
  return ajv.getSchema(schema.$id) ?? ajv.compile(schema);
};
