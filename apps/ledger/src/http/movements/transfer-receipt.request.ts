import type { ReceiveTransfer } from '#stock';
import { Key } from '../fields/index.js';
import { CommandId, Document, Kind, Location, OccurredAt, Sku, SourceKey, SourceVersion, Units } from './fields.js';
import { reportingOf, type Report, type Reporter } from './reported.js';

/** Units of a transfer arrived. */
export class TransferReceiptRequest {
  @Kind('transfer_receipt') kind!: 'transfer_receipt';
  @Sku() sku!: string;
  @Key('transfer-9') transfer!: string;
  @Location() location!: string;
  @Units() quantity!: number;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @Document() document?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<ReceiveTransfer> {
    return {
      ...reportingOf(this, by),
      kind: 'transfer_receipt',
      transfer: this.transfer,
      location: this.location,
      quantity: this.quantity,
    };
  }
}
