import { basisPointsOfAll } from '#atp';
import type { ExpectIncoming } from '#stock';
import { Flag, Integer, Timestamp } from '../fields/index.js';
import { CommandId, Kind, Location, OccurredAt, Sku, SourceKey, SourceVersion, Units } from './fields.js';
import { instantOr, reportingOf, type Report, type Reporter } from './reported.js';

/** Units were ordered from a supplier: the source key is the line of the purchase order, which its receipts name. */
export class IncomingRequest {
  @Kind('incoming') kind!: 'incoming';
  @Sku() sku!: string;
  @Location() location!: string;
  @Units({ description: 'Base units ordered in all, those that have come included; 0 cancels the line' })
  quantity!: number;
  @Timestamp({ optional: true, description: 'When it was ordered; occurredAt, else now, when left out' })
  orderedAt?: string;
  @Timestamp({ optional: true, description: 'When it is to arrive; left out: nobody knows, and none is promised' })
  eta?: string;
  @Flag({ optional: true, description: 'Has the supplier confirmed it? No when left out, and none is promised' })
  confirmed?: boolean;
  @Integer({
    min: 0,
    max: basisPointsOfAll,
    optional: true,
    description: 'The share that is counted on, in basis points; all of it (10000) when left out',
  })
  confidence?: number;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<ExpectIncoming> {
    return {
      ...reportingOf(this, by),
      kind: 'incoming',
      location: this.location,
      quantity: this.quantity,
      orderedAt: instantOr(this.orderedAt, instantOr(this.occurredAt, by.now)),
      confirmed: this.confirmed ?? false,
      ...(this.eta !== undefined && { eta: instantOr(this.eta, by.now) }),
      ...(this.confidence !== undefined && { confidence: this.confidence }),
    };
  }
}
