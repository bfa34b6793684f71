import { quantityMax, type MoveCommitment } from '#stock';
import { Key, Nested, OneOf, Place, Quantity } from '../fields/index.js';
import { OrderLineRequest } from '../movements/order-line.request.js';

const reasons: readonly MoveCommitment['reason'][] = ['resourced', 'short_pick', 'location_closed'];

/** Committed units of an order line are to come from another place. */
export class MoveRequest {
  @Key('TSHIRT-BLUE-M') sku!: string;
  @Nested(OrderLineRequest) order!: OrderLineRequest;
  @Place('wh1', { description: 'Where the units are committed; unsourced:<channel>: those that no place covers' })
  from!: string;
  @Place('wh2', {
    optional: true,
    description:
      'Where they are to come from; left out: where the channel finds them, and what no place covers is owed',
  })
  to?: string;
  @Quantity({ min: 1, max: quantityMax, description: 'Base units' }) quantity!: number;
  @OneOf(reasons, { description: 'short_pick: they were not found and wait in quarantine for an adjustment' })
  reason!: MoveCommitment['reason'];

  toCommand(connection: string): MoveCommitment {
    return {
      kind: 'move_commitment',
      connection,
      order: this.order.toOrderLine(),
      from: this.from,
      ...(this.to !== undefined && { to: this.to }),
      quantity: this.quantity,
      reason: this.reason,
    };
  }
}
