import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { parseTimestamp, rule } from '#platform';
import { badCode, badExternalId, badKey, type BadText } from '#policies';
import { pageRowsMax, type PageRequest } from '#read-model';

/** The fields of questions about what is kept of channels. All of a query's values are text. */

type Api = { readonly type?: typeof String | typeof Boolean; readonly example: string; readonly description: string };
type Holds = (value: unknown) => boolean;

const field = (required: boolean, api: Api, check: PropertyDecorator): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, required, ...api }),
    ...(required ? [] : [ValidateIf((_request, value) => value !== undefined)]),
    check,
  );

const holds =
  (bad: (text: string) => BadText | undefined): Holds =>
  (value) =>
    typeof value === 'string' && bad(value) === undefined;

const isCode = rule('isCode', 'invalid_code', holds(badCode), 'must match [a-z0-9_]{1,32}');

export const Channel = (): PropertyDecorator => field(true, { example: 'web', description: 'The channel' }, isCode);
export const OptionalChannel = (): PropertyDecorator =>
  field(false, { example: 'web', description: 'Of this channel alone' }, isCode);
export const OptionalLocation = (description: string): PropertyDecorator =>
  field(false, { example: 'wh1', description }, isCode);

export const OptionalSku = (): PropertyDecorator =>
  field(
    false,
    { example: 'TSHIRT-BLUE-M', description: 'Of this SKU alone' },
    rule('isSku', 'invalid_code', holds(badKey), 'must be a SKU'),
  );

export const OptionalId = (example: string, description: string): PropertyDecorator =>
  field(
    false,
    { example, description },
    rule('isExternalId', 'invalid_code', holds(badExternalId), 'must be text of 1 to 128 bytes without controls'),
  );

const isMoment: Holds = (value) => typeof value === 'string' && parseTimestamp(value) !== undefined;

export const OptionalMoment = (description: string): PropertyDecorator =>
  field(
    false,
    { example: '2026-03-01T09:30:00Z', description },
    rule('isTimestamp', 'invalid_timestamp', isMoment, 'must be RFC 3339 with a zone, as 2026-03-01T09:30:00Z'),
  );

export const isDay: Holds = (value) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value) && parseTimestamp(`${value}T00:00:00Z`) !== undefined;

export const OptionalDay = (): PropertyDecorator =>
  field(
    false,
    { example: '2026-03-01', description: 'In UTC; today when left out' },
    rule('isDay', 'invalid_timestamp', isDay, 'must be a day, as 2026-03-01'),
  );

const choice = (required: boolean, words: readonly string[], description: string): PropertyDecorator =>
  field(
    required,
    { example: words[0] ?? '', description },
    rule(
      'isChoice',
      'invalid_value',
      (value) => words.some((word) => word === value),
      `must be one of ${words.join(', ')}`,
    ),
  );

export const OptionalChoice = (words: readonly string[], description: string): PropertyDecorator =>
  choice(false, words, description);
export const Choice = (words: readonly string[], description: string): PropertyDecorator =>
  choice(true, words, description);

export const OptionalFlag = (description: string): PropertyDecorator =>
  field(
    false,
    { type: Boolean, example: 'true', description },
    rule('isFlag', 'invalid_value', (value) => typeof value === 'boolean', 'must be true or false'),
  );

const reasonCharactersMax = 200;
const isReason: Holds = (value) =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= reasonCharactersMax &&
  !/[\p{Control}\u2028\u2029\p{Surrogate}]/u.test(value) &&
  value.normalize('NFC') === value;

export const Reason = (): PropertyDecorator =>
  field(
    true,
    { example: 'Counted on the shelf', description: 'Why; no personal data' },
    rule(
      'isText',
      'invalid_text',
      isReason,
      `must be NFC text of 1 to ${reasonCharactersMax} characters without controls`,
    ),
  );

const isLimit: Holds = (value) =>
  typeof value === 'string' && /^[1-9]\d{0,3}$/u.test(value) && Number(value) <= pageRowsMax;
const isCursor: Holds = (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{1,1024}$/u.test(value);

/** What every list takes. */
export class PageQuery {
  @field(
    false,
    { example: 'WyJBIl0', description: 'The `next` of the page before; the first page when left out' },
    rule('isCursor', 'invalid_cursor', isCursor, 'must be the cursor of the page before'),
  )
  cursor?: string;

  @field(
    false,
    { example: '100', description: `Rows of a page: 1 to ${pageRowsMax}; 100 when left out` },
    rule('isLimit', 'invalid_value', isLimit, `must be a whole number from 1 to ${pageRowsMax}`),
  )
  limit?: string;
}

const rowsDefault = 100;

/** The page that a query asks for. */
export const pageOf = ({ cursor, limit }: PageQuery): PageRequest => ({
  after: cursor,
  limit: limit === undefined ? rowsDefault : Number(limit),
});
