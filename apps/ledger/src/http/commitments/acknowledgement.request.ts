import { quantityMax, type AcknowledgeCommitment, type Acknowledgement } from '#stock';
import { Code, Key, Nested, OneOf, Quantity } from '../fields/index.js';
import { OrderLineRequest } from '../movements/order-line.request.js';

const states: readonly Acknowledgement[] = ['sent', 'acknowledged', 'refused'];

/** A warehouse was asked for committed units, has said yes, or has said no. */
export class AcknowledgementRequest {
  @Key('TSHIRT-BLUE-M') sku!: string;
  @Nested(OrderLineRequest) order!: OrderLineRequest;
  @Code('wh1', { description: 'The location that was asked' }) location!: string;
  @Quantity({ min: 1, max: quantityMax, description: 'Base units' }) quantity!: number;
  @OneOf(states, {
    description:
      'sent: asked for, they stay committed even when the order is cancelled, until they are refused or issued',
  })
  state!: Acknowledgement;

  toCommand(connection: string): AcknowledgeCommitment {
    return {
      kind: 'acknowledge_commitment',
      connection,
      order: this.order.toOrderLine(),
      location: this.location,
      quantity: this.quantity,
      state: this.state,
    };
  }
}
