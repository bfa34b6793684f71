import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { Transform, type ClassConstructor } from 'class-transformer';
import { rule, validated } from '#platform';
import { badCode } from '#policies';
import { field, type FieldOptions } from './field.js';
import { raw } from './raw.js';

/** As the body has it: what stands under a code is checked by `valuesByCode`. */
export type ByCodeBody = Readonly<Record<string, unknown>>;

/** An object whose members are named by codes; each value is of one request class. Read it with `valuesByCode`. */
export const ByCode = (type: ClassConstructor<object>, itemsMax: number, options: FieldOptions): PropertyDecorator =>
  applyDecorators(
    Transform(raw),
    withSchemaOf(type),
    field(
      options,
      { type: 'object', maxProperties: itemsMax, additionalProperties: { $ref: getSchemaPath(type) } },
      rule('isByCode', 'invalid_value', isObject, 'must be a JSON object'),
      rule('hasCodes', 'invalid_code', hasCodes, 'must have members whose names match [a-z0-9_]{1,32}'),
      rule('fitsCodes', 'too_many_items', hasAtMost(itemsMax), `must have at most ${itemsMax} members`),
    ),
  );

/** The schema of what only a `$ref` names: the document would lack it. */
const withSchemaOf =
  (type: ClassConstructor<object>): PropertyDecorator =>
  (target) => {
    ApiExtraModels(type)(target.constructor);
  };

/**
 * What stands under each code, by its request class.
 * @throws ProblemError that names the wrong field within its code: `channels.web.cap.units`
 */
export const valuesByCode = <Request extends object, Value>(
  at: string,
  type: ClassConstructor<Request>,
  body: ByCodeBody,
  valueOf: (request: Request, at: string) => Value,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(body).map(([code, plain]) => {
      const within = `${at}.${code}`;
      return [code, valueOf(validated(type, plain, within), within)];
    }),
  );

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const codesOf = (value: unknown): readonly string[] => (isObject(value) ? Object.keys(value) : []);
const hasCodes = (value: unknown): boolean => codesOf(value).every((code) => badCode(code) === undefined);
const hasAtMost = (itemsMax: number) => (value: unknown) => codesOf(value).length <= itemsMax;
