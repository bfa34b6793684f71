import { rule } from '#platform';
import { badCode, badExternalId, badKey, codeCharactersMax, keyCharactersMax, type BadText } from '#policies';
import { unsourcedOf } from '#stock';
import { field, type FieldOptions } from './field.js';

const holds = (bad: (text: string) => BadText | undefined) => (value: unknown) =>
  typeof value === 'string' && bad(value) === undefined;

const isKey = rule(
  'isKey',
  'invalid_code',
  holds(badKey),
  'must be NFC text of 1 to 64 characters and at most 128 bytes, without control characters, lone surrogates or a leading $',
);
const isCode = rule('isCode', 'invalid_code', holds(badCode), 'must match [a-z0-9_]{1,32}');
const isExternalId = rule(
  'isExternalId',
  'invalid_code',
  holds(badExternalId),
  'must be text of 1 to 128 bytes without control characters and lone surrogates',
);

/** A SKU, order key, cart key, line id or source key: opaque, case-sensitive. */
export const Key = (example: string, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, minLength: 1, maxLength: keyCharactersMax, example }, isKey);

/** A channel, location or connection. */
export const Code = (example: string, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, pattern: '^[a-z0-9_]{1,32}$', maxLength: codeCharactersMax, example }, isCode);

const isPlace = (text: string): boolean =>
  badCode(text.startsWith(unsourcedPrefix) ? text.slice(unsourcedPrefix.length) : text) === undefined;
const unsourcedPrefix = unsourcedOf('');

/** A location, or `unsourced:<channel>`: where the units stand that the channel owes and no place covers. */
export const Place = (example: string, options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: String, pattern: '^(unsourced:)?[a-z0-9_]{1,32}$', example },
    rule(
      'isPlace',
      'invalid_code',
      (value) => typeof value === 'string' && isPlace(value),
      'must match [a-z0-9_]{1,32}, or be unsourced:<channel>',
    ),
  );

/** An id in another system's own terms, compared exactly as it was said. */
export const ExternalId = (example: string, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: String, minLength: 1, example }, isExternalId);

/** Codes of channels, locations or connections in an order that matters. */
export const Codes = (example: readonly string[], itemsMax: number, options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: [String], example: [...example], minItems: 1, maxItems: itemsMax },
    rule('areCodes', 'invalid_code', areCodes, 'must be a list of codes that match [a-z0-9_]{1,32}'),
    rule('hasItems', 'too_few_items', (value) => lengthOf(value) !== 0, 'must not be empty'),
    rule(
      'fitsItems',
      'too_many_items',
      (value) => (lengthOf(value) ?? 0) <= itemsMax,
      `must have at most ${itemsMax} codes`,
    ),
  );

/** Keys, in no order. */
export const Keys = (example: string, itemsMax: number, options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: [String], example: [example], minItems: 1, maxItems: itemsMax },
    rule('areKeys', 'invalid_code', areKeys, 'must be a list of keys of 1 to 64 characters'),
    rule('hasItems', 'too_few_items', (value) => lengthOf(value) !== 0, 'must not be empty'),
    rule(
      'fitsItems',
      'too_many_items',
      (value) => (lengthOf(value) ?? 0) <= itemsMax,
      `must have at most ${itemsMax} keys`,
    ),
  );

const areKeys = (value: unknown): boolean => Array.isArray(value) && value.every(holds(badKey));
const areCodes = (value: unknown): boolean => Array.isArray(value) && value.every(holds(badCode));
const lengthOf = (value: unknown): number | undefined => (Array.isArray(value) ? value.length : undefined);
