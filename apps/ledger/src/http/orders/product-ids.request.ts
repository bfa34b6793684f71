import { ExternalId } from '../fields/index.js';

/** The ids of a product in the shop's own terms. */
export class ProductIdsRequest {
  @ExternalId('42') product!: string;
  @ExternalId('7', { optional: true }) variant?: string;
}
