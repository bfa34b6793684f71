import { ApiProperty } from '@nestjs/swagger';
import { rule } from '#platform';

/** Movements of one request. */
export const movementsMax = 500;

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Only the list is checked here: each item is checked for itself, so that a bad one harms no other. */
export class MovementBatchRequest {
  @ApiProperty({ type: 'array', items: { type: 'object' }, minItems: 1, maxItems: movementsMax })
  @rule('isList', 'invalid_value', Array.isArray, 'must be a list of movements')
  @rule('hasItems', 'too_few_items', (value) => lengthOf(value) > 0, 'must not be empty')
  @rule(
    'fitsItems',
    'too_many_items',
    (value) => lengthOf(value) <= movementsMax,
    `must have at most ${movementsMax} items`,
  )
  items!: unknown[];
}
