import { Cursor, Limit, OptionalChannelCode, OptionalSku } from '../shared/fields.js';

export class OversoldQuery {
  @OptionalChannelCode() channel?: string;
  @OptionalSku() sku?: string;
  @Cursor() cursor?: string;
  @Limit() limit?: string;
}
