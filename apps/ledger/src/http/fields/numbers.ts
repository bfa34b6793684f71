import { rule } from '#platform';
import { field, type FieldOptions } from './field.js';

type Range = FieldOptions & { readonly min: number; readonly max: number; readonly example?: number };

const isIntegerWithin = (min: number, max: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max && !Object.is(value, -0);

/** Units, as a JSON integer. */
export const Quantity = (range: Range): PropertyDecorator =>
  field(
    range,
    { type: 'integer', minimum: range.min, maximum: range.max, example: range.example ?? 3 },
    rule(
      'isQuantity',
      'invalid_quantity',
      isIntegerWithin(range.min, range.max),
      `must be a JSON integer from ${range.min} to ${range.max}`,
    ),
  );

/** A number that counts no units: a version, seconds. */
export const Integer = (range: Range): PropertyDecorator =>
  field(
    range,
    { type: 'integer', minimum: range.min, maximum: range.max, example: range.example ?? range.min },
    rule(
      'isIntegerWithin',
      'invalid_value',
      isIntegerWithin(range.min, range.max),
      `must be a JSON integer from ${range.min} to ${range.max}`,
    ),
  );
