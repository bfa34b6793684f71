import type { Disposition, ReturnStock } from '#stock';
import { Nested, OneOf } from '../fields/index.js';
import { OrderLineRequest } from './order-line.request.js';
import { CommandId, Document, Kind, Location, OccurredAt, Sku, SourceKey, SourceVersion, Units } from './fields.js';
import { reportingOf, type Report, type Reporter } from './reported.js';

const dispositions: readonly Disposition[] = ['sellable', 'quarantined', 'damaged', 'scrapped'];

/** Units came back from a customer. */
export class ReturnRequest {
  @Kind('return') kind!: 'return';
  @Sku() sku!: string;
  @Location() location!: string;
  @Units() quantity!: number;
  @OneOf(dispositions, { optional: true, description: 'What becomes of them; sellable when left out' })
  disposition?: Disposition;
  @Nested(OrderLineRequest, {
    optional: true,
    description: 'The order line; without it a return whose order nobody knows',
  })
  order?: OrderLineRequest;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @Document() document?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<ReturnStock> {
    return {
      ...reportingOf(this, by),
      kind: 'return',
      location: this.location,
      quantity: this.quantity,
      disposition: this.disposition ?? 'sellable',
      ...(this.order && { order: this.order.toOrderLine() }),
    };
  }
}
