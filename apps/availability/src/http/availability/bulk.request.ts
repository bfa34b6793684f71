import { ApiProperty } from '@nestjs/swagger';
import { rule } from '#platform';
import { bulkSkusMax } from '#read-model';
import { ChannelCode, isSku } from '../shared/fields.js';

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const areSkus = (value: unknown): boolean => Array.isArray(value) && value.every(isSku);

export class BulkRequest {
  @ChannelCode() channel!: string;

  @ApiProperty({ type: [String], minItems: 1, maxItems: bulkSkusMax, example: ['TSHIRT-BLUE-M'] })
  @rule('areSkus', 'invalid_code', areSkus, 'must be a list of SKUs')
  @rule('hasItems', 'too_few_items', (value) => lengthOf(value) > 0, 'must not be empty')
  @rule(
    'fitsItems',
    'too_many_items',
    (value) => lengthOf(value) <= bulkSkusMax,
    `must have at most ${bulkSkusMax} SKUs`,
  )
  skus!: string[];
}
