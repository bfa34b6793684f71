import { Integer, Text } from '../fields/index.js';

/** A person has looked why a partition stands still. */
export class GoOnRequest {
  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 1200, description: 'The offset to go on with' })
  next!: number;
  @Text('The topic was made anew after the restore', { description: 'Why; no personal data' }) reason!: string;
}
