import type { AdjustStock } from '#stock';
import { Text } from '../fields/index.js';
import {
  CommandId,
  Document,
  Kind,
  Location,
  OccurredAt,
  PlainBucket,
  SignedUnits,
  Sku,
  SourceKey,
  SourceVersion,
} from './fields.js';
import { reportingOf, type Report, type Reporter } from './reported.js';

/** Units found or lost. */
export class AdjustmentRequest {
  @Kind('adjustment') kind!: 'adjustment';
  @Sku() sku!: string;
  @Location() location!: string;
  @SignedUnits() quantity!: number;
  @PlainBucket({ optional: true, description: 'sellable when left out' }) bucket?: PlainBucket;
  @Text('broken on the shelf') reason!: string;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @Document() document?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<AdjustStock> {
    return {
      ...reportingOf(this, by),
      kind: 'adjustment',
      location: this.location,
      quantity: this.quantity,
      bucket: this.bucket ?? 'sellable',
      reason: this.reason,
    };
  }
}
