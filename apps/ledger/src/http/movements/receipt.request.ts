import type { ReceiveStock } from '#stock';
import { Key } from '../fields/index.js';
import {
  CommandId,
  Document,
  Kind,
  Location,
  OccurredAt,
  PlainBucket,
  Sku,
  SourceKey,
  SourceVersion,
  Units,
} from './fields.js';
import { reportingOf, type Report, type Reporter } from './reported.js';

/** Units arrived from a supplier. */
export class ReceiptRequest {
  @Kind('receipt') kind!: 'receipt';
  @Sku() sku!: string;
  @Location() location!: string;
  @Units() quantity!: number;
  @PlainBucket({ optional: true, description: 'Where they stand; sellable when left out' }) bucket?: PlainBucket;
  @Key('po-12/1', { optional: true, description: 'The purchase-order line that they came for' }) incomingLine?: string;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @Document() document?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<ReceiveStock> {
    return {
      ...reportingOf(this, by),
      kind: 'receipt',
      location: this.location,
      quantity: this.quantity,
      bucket: this.bucket ?? 'sellable',
      ...(this.incomingLine !== undefined && { incomingLine: this.incomingLine }),
    };
  }
}
