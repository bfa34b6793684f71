import { rule } from '#platform';
import { field, OneOf, Text } from '../fields/index.js';
import { intakeTopics } from '../../intake/topics.js';

const isNumber = rule(
  'isNumber',
  'invalid_cursor',
  (value) => typeof value === 'string' && /^\d{1,15}$/u.test(value),
  'must be the `next` of a page',
);

export class DeadLettersQuery {
  @OneOf(Object.values(intakeTopics), { optional: true, description: 'Those of one topic only' }) topic?: string;
  @field({ optional: true, description: 'The `next` of the page before' }, { type: String, example: '17' }, isNumber)
  cursor?: string;
}

/** A person has looked at a dead letter. */
export class DeadLetterRequest {
  @Text('The channel has been opened', { description: 'Why; no personal data' }) reason!: string;
}
