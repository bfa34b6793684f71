import { OptionalMoment } from '../shared/fields.js';

export const knownMeaning = 'What the ledger said then (recorded up to it); now when left out';
export const happenedMeaning = 'What had happened by then; only on hand can be told so';

export class SkuStockQuery {
  @OptionalMoment(knownMeaning) knownAt?: string;
  @OptionalMoment(happenedMeaning) happenedAt?: string;
}
