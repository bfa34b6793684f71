import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateIf } from 'class-validator';
import { parseTimestamp, rule } from '#platform';
import { badKey } from '#policies';
import { connectorKinds, defaultKind } from '../../connections/kinds/kinds.js';

type FieldOptions = { readonly optional?: true; readonly description?: string };

const field = (options: FieldOptions, api: ApiPropertyOptions, ...checks: PropertyDecorator[]): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      ...api,
      required: options.optional !== true,
      ...(options.description !== undefined && { description: options.description }),
    } as ApiPropertyOptions),
    ...(options.optional ? [ValidateIf((_request, value) => value !== undefined)] : []),
    ...checks,
  );

/** The longest reason, in characters. */
const reasonCharactersMax = 200;
const unstorable = /[\p{Control}\u2028\u2029\p{Surrogate}]/u;

const isText = (value: unknown, charactersMax: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= charactersMax && !unstorable.test(value);

/** Why something is done; it stands in the history. Never personal data. */
export const Reason = (): PropertyDecorator =>
  field(
    { description: 'Why, for the history; no personal data' },
    { type: String, minLength: 1, maxLength: reasonCharactersMax, example: 'going live' },
    rule(
      'isReason',
      'invalid_text',
      (value) => isText(value, reasonCharactersMax) && value.normalize('NFC') === value,
      `must be NFC text of 1 to ${reasonCharactersMax} characters without controls`,
    ),
  );

/** Only tried: the answer says what would be, and nothing is. */
export const DryRun = (): PropertyDecorator =>
  field(
    { optional: true, description: 'Say what would be, and change nothing' },
    { type: Boolean },
    rule('isFlag', 'invalid_value', (value) => typeof value === 'boolean', 'must be true or false'),
  );

export const Revision = (): PropertyDecorator =>
  field(
    { description: 'Of the connection that was read' },
    { type: 'integer', minimum: 0, example: 0 },
    rule(
      'isRevision',
      'invalid_value',
      (value) => Number.isSafeInteger(value) && Number(value) >= 0,
      'must be 0 or more',
    ),
  );

/** One of a few words. */
export const Word = (words: readonly string[], description: string): PropertyDecorator =>
  field(
    { description },
    { type: String, enum: [...words], example: words[0] },
    rule(
      'isWord',
      'invalid_value',
      (value) => words.some((word) => word === value),
      `must be one of ${words.join(', ')}`,
    ),
  );

/** Name of a kind of shop; without it there is a default. */
export const KindName = (): PropertyDecorator =>
  field(
    { optional: true, description: 'The system that the shop runs on' },
    { type: String, enum: [...connectorKinds.keys()], default: defaultKind, example: defaultKind },
    rule(
      'isKind',
      'invalid_value',
      (value) => typeof value === 'string' && /^[a-z0-9_-]{1,32}$/u.test(value),
      'must be a name',
    ),
  );

type Transformed = { readonly obj: Readonly<Record<string, unknown>>; readonly key: string };
const raw = ({ obj, key }: Transformed): unknown => obj[key];

const settingsBytesMax = 16_384;
const secretBytesMax = 4_096;
const secretsMax = 8;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Settings of a kind of shop, which judges them. */
export const SettingsOfKind = (options: FieldOptions = {}): PropertyDecorator =>
  applyDecorators(
    Transform(raw),
    field(
      options,
      { type: 'object', additionalProperties: true, example: { url: 'https://shop.example/' } },
      rule('isObject', 'invalid_value', isObject, 'must be a JSON object'),
      rule(
        'fitsSettings',
        'invalid_value',
        (value) => JSON.stringify(value ?? {}).length <= settingsBytesMax,
        `must have at most ${settingsBytesMax} characters as JSON`,
      ),
    ),
  );

const areSecrets = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).length <= secretsMax &&
  Object.values(value).every((secret) => isText(secret, secretBytesMax));

/** Secrets by their names. What is wrong with them is said without them. */
export const SecretTexts = (options: FieldOptions = {}): PropertyDecorator =>
  applyDecorators(
    Transform(raw),
    field(
      options,
      { type: 'object', additionalProperties: { type: 'string' }, example: { key: '…' } },
      rule(
        'areSecrets',
        'invalid_value',
        areSecrets,
        `must be a JSON object of at most ${secretsMax} texts of up to ${secretBytesMax} characters`,
      ),
    ),
  );

const isPercent = (value: unknown): boolean =>
  Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 100;

export const Percent = (description: string): PropertyDecorator =>
  field(
    { optional: true, description },
    { type: 'integer', minimum: 1, maximum: 100, example: 5 },
    rule('isPercent', 'invalid_value', isPercent, 'must be a JSON integer from 1 to 100'),
  );

const areTexts = (value: unknown, charactersMax: number): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((text) => isText(text, charactersMax));

/** A list of things by what they are called elsewhere: rows, orders. */
export const Names = (example: string, itemsMax: number, description: string): PropertyDecorator =>
  field(
    { optional: true, description },
    { type: [String], minItems: 1, maxItems: itemsMax, example: [example] },
    rule(
      'areNames',
      'invalid_value',
      (value) => areTexts(value, 128),
      'must be a list of texts of 1 to 128 characters',
    ),
    rule(
      'fitsItems',
      'too_many_items',
      (value) => !Array.isArray(value) || value.length <= itemsMax,
      `must have at most ${itemsMax} items`,
    ),
  );

const areSkus = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((sku) => typeof sku === 'string' && badKey(sku) === undefined);

export const Skus = (itemsMax: number, description: string): PropertyDecorator =>
  field(
    { optional: true, description },
    { type: [String], minItems: 1, maxItems: itemsMax, example: ['TSHIRT-BLUE-M'] },
    rule('areSkus', 'invalid_code', areSkus, 'must be a list of SKUs'),
    rule(
      'fitsItems',
      'too_many_items',
      (value) => !Array.isArray(value) || value.length <= itemsMax,
      `must have at most ${itemsMax} SKUs`,
    ),
  );

export const Moment = (description: string): PropertyDecorator =>
  field(
    { optional: true, description },
    { type: String, format: 'date-time', example: '2026-03-01T09:30:00Z' },
    rule(
      'isTimestamp',
      'invalid_timestamp',
      (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
      'must be RFC 3339 with a zone, as 2026-03-01T09:30:00Z',
    ),
  );

/** Where a list goes on: the `next` of the page before. */
export const Next = (shape: RegExp): PropertyDecorator =>
  field(
    { optional: true, description: 'The `next` of the page before; the first page when left out' },
    { type: String, example: '100' },
    rule(
      'isCursor',
      'invalid_cursor',
      (value) => typeof value === 'string' && shape.test(value),
      'must be the `next` of the page before',
    ),
  );
