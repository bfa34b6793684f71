import {
  Choice,
  Cursor,
  Limit,
  OptionalChannelCode,
  OptionalLocation,
  OptionalMoment,
  OptionalSku,
} from '../shared/fields.js';

export class IncomingQuery {
  @OptionalSku() sku?: string;
  @OptionalLocation() location?: string;
  @Cursor() cursor?: string;
  @Limit() limit?: string;
}

export class BackordersQuery {
  @OptionalChannelCode() channel?: string;
  @OptionalSku() sku?: string;
  @Choice(['true'], 'Those alone that will not come in time, as far as anybody knows') atRisk?: string;
  @OptionalMoment('At risk by then, if nothing happens until then; now when left out') at?: string;
  @Cursor() cursor?: string;
  @Limit() limit?: string;
}
