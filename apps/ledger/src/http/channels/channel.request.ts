import {
  locationsPerChannelMax,
  paymentClassesMax,
  reservationTtlMillisMax,
  reservationTtlMillisMin,
  type ChangeChannel,
  type ChannelTerms,
  type DefineChannel,
} from '#policies';
import {
  ByCode,
  Code,
  Codes,
  Flag,
  Integer,
  Nested,
  Text,
  valuesByCode,
  type ByCodeBody,
  type FieldOptions,
} from '../fields/index.js';
import { BufferRequest, bufferOf, shareOf, ShareRequest } from './share.request.js';
import { BackorderRequest, PaymentClassRequest } from './terms.request.js';

/** How long a cart holds units when neither it nor its channel says otherwise. */
const ttlSecondsDefault = 900;

const Locations = (): PropertyDecorator =>
  Codes(['wh1'], locationsPerChannelMax, { description: 'Locations it sells from, in the order of taking' });

const TtlSeconds = (options: FieldOptions): PropertyDecorator =>
  Integer({
    ...options,
    min: reservationTtlMillisMin / 1000,
    max: reservationTtlMillisMax / 1000,
    example: ttlSecondsDefault,
  });

/** What both requests may leave out: then there is none. */
class OptionalTermsRequest {
  @Nested(BufferRequest, { optional: true, description: 'Units kept back; none when left out' }) buffer?: BufferRequest;
  @Nested(ShareRequest, { optional: true, description: 'The most that is shown; no limit when left out' })
  cap?: ShareRequest;
  @Nested(BackorderRequest, { optional: true, description: 'Sells what has not arrived; never when left out' })
  backorder?: BackorderRequest;
  @ByCode(PaymentClassRequest, paymentClassesMax, {
    optional: true,
    description: 'By class of payment, when an unpaid order is to be looked at again; none when left out',
  })
  paymentClasses?: ByCodeBody;
}

type OptionalTerms = Pick<ChannelTerms, 'buffer' | 'cap' | 'backorder' | 'paymentClasses'>;

const optionalTermsOf = ({ buffer, cap, backorder, paymentClasses }: OptionalTermsRequest): OptionalTerms => ({
  ...(buffer && { buffer: bufferOf('buffer', buffer) }),
  ...(cap && { cap: shareOf('cap', cap) }),
  ...(backorder && { backorder: { horizonDays: backorder.horizonDays } }),
  ...(paymentClasses && { paymentClasses: classesOf(paymentClasses) }),
});

const classesOf = (body: ByCodeBody) =>
  valuesByCode('paymentClasses', PaymentClassRequest, body, (request) => request.toPolicy());

export class ChannelRequest extends OptionalTermsRequest {
  @Code('web', { description: 'The code of the channel' }) channel!: string;
  @Code('shop_web', { description: 'The outside system that is the author of its orders' }) connection!: string;
  @Locations() locations!: string[];
  @TtlSeconds({ optional: true, description: 'How long a cart holds units; 900 when left out' })
  reservationTtlSeconds?: number;
  @Flag({ optional: true, description: 'One cart may become several orders; false when left out' })
  splitCarts?: boolean;

  /** @throws ProblemError for a buffer or cap that is not one share, for a class of payment that is wrong */
  toCommand(): DefineChannel {
    return {
      kind: 'define_channel',
      channel: this.channel,
      connection: this.connection,
      locations: this.locations,
      reservationTtlMillis: (this.reservationTtlSeconds ?? ttlSecondsDefault) * 1000,
      splitCarts: this.splitCarts ?? false,
      ...optionalTermsOf(this),
    };
  }
}

/** All terms of a channel anew; its connection stays. */
export class ChannelChangeRequest extends OptionalTermsRequest {
  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, description: 'The revision of the channel as you have read it' })
  revision!: number;
  @Locations() locations!: string[];
  @TtlSeconds({ description: 'How long a cart holds units' }) reservationTtlSeconds!: number;
  @Flag({ description: 'One cart may become several orders' }) splitCarts!: boolean;
  @Text('Stock take in the small warehouse', { optional: true, description: 'Why; no personal data' }) reason?: string;

  /** @throws ProblemError for a buffer or cap that is not one share, for a class of payment that is wrong */
  toCommand(channel: string): ChangeChannel {
    return {
      kind: 'change_channel',
      channel,
      revision: this.revision,
      locations: this.locations,
      reservationTtlMillis: this.reservationTtlSeconds * 1000,
      splitCarts: this.splitCarts,
      ...optionalTermsOf(this),
      ...(this.reason !== undefined && { reason: this.reason }),
    };
  }
}
