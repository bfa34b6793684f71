import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { parseTimestamp, rule } from '#platform';
import { badCode, badKey, type BadText } from '#policies';
import { pageRowsMax } from '#read-model';

/** The fields of questions. All of a query's values are text. */

type Api = { readonly example: string; readonly description: string };

const asked = (required: boolean, api: Api, check: PropertyDecorator): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, required, ...api }),
    ...(required ? [] : [ValidateIf((_request, value) => value !== undefined)]),
    check,
  );

const holds = (bad: (text: string) => BadText | undefined) => (value: unknown) =>
  typeof value === 'string' && bad(value) === undefined;

export const isSku = holds(badKey);

const isChannel = rule('isCode', 'invalid_code', holds(badCode), 'must match [a-z0-9_]{1,32}');

export const ChannelCode = (): PropertyDecorator =>
  asked(true, { example: 'web', description: 'The channel' }, isChannel);

export const OptionalChannelCode = (): PropertyDecorator =>
  asked(false, { example: 'web', description: 'Of this channel alone' }, isChannel);

export const OptionalLocation = (): PropertyDecorator =>
  asked(false, { example: 'wh1', description: 'Of this location alone' }, isChannel);

export const OptionalConnection = (): PropertyDecorator =>
  asked(false, { example: 'web_shop', description: 'Of this connection alone' }, isChannel);

export const OptionalSku = (): PropertyDecorator =>
  asked(
    false,
    { example: 'TSHIRT-BLUE-M', description: 'Of this SKU alone' },
    rule('isSku', 'invalid_code', isSku, 'must be a SKU'),
  );

export const OptionalMoment = (description: string): PropertyDecorator =>
  asked(
    false,
    { example: '2026-03-01T09:30:00Z', description },
    rule(
      'isTimestamp',
      'invalid_timestamp',
      (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
      'must be RFC 3339 with a zone, as 2026-03-01T09:30:00Z',
    ),
  );

const isLimit = (value: unknown): boolean =>
  typeof value === 'string' && /^[1-9]\d{0,3}$/u.test(value) && Number(value) <= pageRowsMax;

export const Limit = (): PropertyDecorator =>
  asked(
    false,
    { example: '100', description: `Rows of a page: 1 to ${pageRowsMax}; 100 when left out` },
    rule('isLimit', 'invalid_value', isLimit, `must be a whole number from 1 to ${pageRowsMax}`),
  );

const isCursor = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z0-9_-]{1,1024}$/u.test(value);

export const Cursor = (): PropertyDecorator =>
  asked(
    false,
    { example: 'WyJBIl0', description: 'The `next` of the page before; the first page when left out' },
    rule('isCursor', 'invalid_cursor', isCursor, 'must be the cursor of the page before'),
  );

export const Choice = (words: readonly string[], description: string): PropertyDecorator =>
  asked(
    false,
    { example: words[0] ?? '', description },
    rule(
      'isChoice',
      'invalid_value',
      (value) => words.some((word) => word === value),
      `must be one of ${words.join(', ')}`,
    ),
  );
