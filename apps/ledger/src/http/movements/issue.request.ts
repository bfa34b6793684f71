import type { IssueStock } from '#stock';
import { Nested } from '../fields/index.js';
import { OrderLineRequest } from './order-line.request.js';
import { CommandId, Document, Kind, Location, OccurredAt, Sku, SourceKey, SourceVersion, Units } from './fields.js';
import { reportingOf, type Report, type Reporter } from './reported.js';

/** Units left to a customer: shipped for an order line, or sold at a till. */
export class IssueRequest {
  @Kind('issue') kind!: 'issue';
  @Sku() sku!: string;
  @Location() location!: string;
  @Units() quantity!: number;
  @Nested(OrderLineRequest, { optional: true, description: 'The order line; without it a sale at a till' })
  order?: OrderLineRequest;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @Document() document?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<IssueStock> {
    return {
      ...reportingOf(this, by),
      kind: 'issue',
      location: this.location,
      quantity: this.quantity,
      ...(this.order && { order: this.order.toOrderLine() }),
    };
  }
}
