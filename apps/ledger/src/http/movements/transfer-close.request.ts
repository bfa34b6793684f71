import type { CloseTransfer } from '#stock';
import { Key } from '../fields/index.js';
import { CommandId, Kind, Location, OccurredAt, Sku, SourceKey, SourceVersion, Units } from './fields.js';
import { reportingOf, type Report, type Reporter } from './reported.js';

/** A transfer is over; what never arrived is lost. */
export class TransferCloseRequest {
  @Kind('transfer_close') kind!: 'transfer_close';
  @Sku() sku!: string;
  @Key('transfer-9') transfer!: string;
  @Location() location!: string;
  @Units({ description: 'What never arrived' }) quantity!: number;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<CloseTransfer> {
    return {
      ...reportingOf(this, by),
      kind: 'transfer_close',
      transfer: this.transfer,
      location: this.location,
      lost: this.quantity,
    };
  }
}
