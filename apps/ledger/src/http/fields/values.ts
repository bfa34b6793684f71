import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { parseTimestamp, rule } from '#platform';
import { field, type FieldOptions } from './field.js';

/** One of a few words. */
export const OneOf = (words: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: String, enum: [...words], example: words[0] },
    rule(
      'isOneOf',
      'invalid_value',
      (value) => words.some((word) => word === value),
      `must be one of ${words.join(', ')}`,
    ),
  );

export const Flag = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: Boolean },
    rule('isFlag', 'invalid_value', (value) => typeof value === 'boolean', 'must be true or false'),
  );

/** A moment with a zone. Nearly all are refused later than 5 minutes ahead of the ledger's clock, by the domain. */
export const Timestamp = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: String, format: 'date-time', example: '2026-03-01T09:30:00Z' },
    rule(
      'isTimestamp',
      'invalid_timestamp',
      (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
      'must be RFC 3339 with a zone, as 2026-03-01T09:30:00Z',
    ),
  );

/** The longest reason, in characters. */
export const textCharactersMax = 200;
const unstorable = /[\p{Control}\u2028\u2029\p{Surrogate}]/u;

const isText = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= textCharactersMax &&
  !unstorable.test(value) &&
  value.normalize('NFC') === value;

/** A line of free text: why something was done. Never personal data. */
export const Text = (example: string, options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: String, minLength: 1, maxLength: textCharactersMax, example },
    rule('isText', 'invalid_text', isText, `must be NFC text of 1 to ${textCharactersMax} characters without controls`),
  );

type Class = new () => object;

/** One object of a request class. */
export const Nested = (type: Class, options: FieldOptions = {}): PropertyDecorator =>
  applyDecorators(
    Type(() => type),
    field(options, { type }, rule('isObject', 'invalid_value', isObject, 'must be a JSON object'), ValidateNested()),
  );

/** A list of objects of a request class. */
export const ListOf = (
  type: Class,
  itemsMax: number,
  options: FieldOptions & { readonly itemsMin?: 0 | 1 } = {},
): PropertyDecorator =>
  applyDecorators(
    Type(() => type),
    field(
      options,
      { type: [type], minItems: options.itemsMin ?? 1, maxItems: itemsMax },
      rule(
        'isList',
        'invalid_value',
        (value) => Array.isArray(value) && value.every(isObject),
        'must be a list of objects',
      ),
      rule('hasItems', 'too_few_items', (value) => lengthOf(value) >= (options.itemsMin ?? 1), 'must not be empty'),
      rule(
        'fitsItems',
        'too_many_items',
        (value) => lengthOf(value) <= itemsMax,
        `must have at most ${itemsMax} items`,
      ),
      ValidateNested({ each: true }),
    ),
  );

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
