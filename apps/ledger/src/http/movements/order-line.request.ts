import type { OrderLine } from '#stock';
import { Code, Key } from '../fields/index.js';

/** The order line that an issue or a return belongs to. */
export class OrderLineRequest {
  @Code('web') channel!: string;
  @Key('100017') orderKey!: string;
  @Key('1') line!: string;

  toOrderLine(): OrderLine {
    return { channel: this.channel, orderKey: this.orderKey, line: this.line };
  }
}
