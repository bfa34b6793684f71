import { Cursor, Limit, OptionalConnection, OptionalLocation, OptionalMoment, OptionalSku } from '../shared/fields.js';

export class DiscrepanciesQuery {
  @OptionalSku() sku?: string;
  @OptionalLocation() location?: string;
  @OptionalConnection() connection?: string;
  @OptionalMoment('As it will be by then, if nothing is told until then; now when left out') at?: string;
  @Cursor() cursor?: string;
  @Limit() limit?: string;
}
