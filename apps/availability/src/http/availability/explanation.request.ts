import { ChannelCode, OptionalMoment } from '../shared/fields.js';
import { knownMeaning } from '../stock/sku-stock.request.js';

export class ExplanationQuery {
  @ChannelCode() channel!: string;
  @OptionalMoment(knownMeaning) knownAt?: string;
}
