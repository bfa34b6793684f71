import { Choice, Cursor, Limit, OptionalMoment } from '../shared/fields.js';
import { happenedMeaning, knownMeaning } from './sku-stock.request.js';

export class StockQuery {
  @OptionalMoment(knownMeaning) knownAt?: string;
  @OptionalMoment(happenedMeaning) happenedAt?: string;
  @Cursor() cursor?: string;
  @Limit() limit?: string;
  @Choice(['json', 'csv'], 'csv: everything in one stream; so does Accept: text/csv') format?: string;
}
