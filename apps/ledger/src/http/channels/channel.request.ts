import {
  locationsPerChannelMax,
  reservationTtlMillisMax,
  reservationTtlMillisMin,
  type DefineChannel,
} from '#policies';
import { Code, Codes, Flag, Integer } from '../fields/index.js';

/** How long a cart holds units when neither it nor its channel says otherwise. */
const ttlSecondsDefault = 900;

export class ChannelRequest {
  @Code('web', { description: 'The code of the channel' }) channel!: string;
  @Code('shop_web', { description: 'The outside system that is the author of its orders' }) connection!: string;
  @Codes(['wh1'], locationsPerChannelMax, { description: 'Locations it sells from, in the order of taking' })
  locations!: string[];
  @Integer({
    min: reservationTtlMillisMin / 1000,
    max: reservationTtlMillisMax / 1000,
    example: ttlSecondsDefault,
    optional: true,
    description: 'How long a cart holds units; 900 when left out',
  })
  reservationTtlSeconds?: number;
  @Flag({ optional: true, description: 'One cart may become several orders; false when left out' })
  splitCarts?: boolean;

  toCommand(): DefineChannel {
    return {
      kind: 'define_channel',
      channel: this.channel,
      connection: this.connection,
      locations: this.locations,
      reservationTtlMillis: (this.reservationTtlSeconds ?? ttlSecondsDefault) * 1000,
      splitCarts: this.splitCarts ?? false,
    };
  }
}
