import type { MoveBetweenBuckets } from '#stock';
import { Text } from '../fields/index.js';
import { CommandId, Kind, Location, OccurredAt, PlainBucket, Sku, SourceKey, SourceVersion, Units } from './fields.js';
import { reportingOf, type Report, type Reporter } from './reported.js';

/** Units of a location changed what they are: damaged, quarantined, sellable again. */
export class BucketChangeRequest {
  @Kind('bucket_change') kind!: 'bucket_change';
  @Sku() sku!: string;
  @Location() location!: string;
  @PlainBucket() from!: PlainBucket;
  @PlainBucket() to!: PlainBucket;
  @Units() quantity!: number;
  @Text('water damage') reason!: string;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<MoveBetweenBuckets> {
    return {
      ...reportingOf(this, by),
      kind: 'bucket_change',
      location: this.location,
      from: this.from,
      to: this.to,
      quantity: this.quantity,
      reason: this.reason,
    };
  }
}
