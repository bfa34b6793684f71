import type { DispatchTransfer } from '#stock';
import { Code, Key } from '../fields/index.js';
import { CommandId, Document, Kind, Location, OccurredAt, Sku, SourceKey, SourceVersion, Units } from './fields.js';
import { reportingOf, type Report, type Reporter } from './reported.js';

/** Units left a location for another one. */
export class TransferDispatchRequest {
  @Kind('transfer_dispatch') kind!: 'transfer_dispatch';
  @Sku() sku!: string;
  @Key('transfer-9') transfer!: string;
  @Location() location!: string;
  @Code('shop1', { description: 'The location they go to' }) to!: string;
  @Units() quantity!: number;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @Document() document?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<DispatchTransfer> {
    return {
      ...reportingOf(this, by),
      kind: 'transfer_dispatch',
      transfer: this.transfer,
      location: this.location,
      to: this.to,
      quantity: this.quantity,
    };
  }
}
