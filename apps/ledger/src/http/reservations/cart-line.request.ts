import { quantityMax } from '#stock';
import { ExternalId, Key, Quantity } from '../fields/index.js';

export class CartLineRequest {
  @Key('TSHIRT-BLUE-M', { description: 'A SKU; a bundle is held as its components' }) sku!: string;
  @Quantity({ min: 0, max: quantityMax, description: 'Base units that the cart wants to hold; set, not added' })
  quantity!: number;
  @ExternalId('42:7', { optional: true, description: 'The listing of the shop that the line sells' }) listing?: string;
}
