import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { rule } from '#platform';
import { badCode } from '#policies';

const isSequence = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{1,16}$/u.test(value) && Number.isSafeInteger(Number(value));

export class FeedQuery {
  @ApiProperty({ type: String, required: false, description: 'Only changes of this channel' })
  @ValidateIf((_query, value) => value !== undefined)
  @rule(
    'isCode',
    'invalid_code',
    (value) => typeof value === 'string' && badCode(value) === undefined,
    'must match [a-z0-9_]{1,32}',
  )
  channel?: string;

  @ApiProperty({
    type: String,
    required: false,
    description: 'Begin after this sequence; 0: with everything that is announced',
  })
  @ValidateIf((_query, value) => value !== undefined)
  @rule('isSequence', 'invalid_value', isSequence, 'must be the sequence of a change')
  after?: string;
}
