import { quantityMax, quotaPriorityMax } from '#stock';
import { Integer, Quantity } from '../fields/index.js';

/** How many units of a location are kept for a channel. */
export class QuotaRequest {
  @Quantity({ min: 0, max: quantityMax, description: 'Base units to keep from now on; 0 keeps none', example: 10 })
  quantity!: number;
  @Integer({
    min: 0,
    max: quotaPriorityMax,
    optional: true,
    description: 'Of several quotas the one with the lower number is filled first; 0 when left out',
  })
  priority?: number;
}
