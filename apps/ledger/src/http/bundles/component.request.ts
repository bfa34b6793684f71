import type { BundleComponent } from '#atp';
import { componentUnitsMax } from '#policies';
import { Key, Quantity } from '../fields/index.js';

/** One SKU of a bundle. */
export class ComponentRequest implements BundleComponent {
  @Key('TSHIRT-BLUE-M', { description: 'A SKU that is stocked, not a bundle' }) sku!: string;
  @Quantity({ min: 1, max: componentUnitsMax, example: 2, description: 'Base units of it in one bundle' })
  units!: number;
}
