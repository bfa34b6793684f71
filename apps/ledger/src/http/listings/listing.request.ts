import { unitsPerSaleMax, type MapListing } from '#policies';
import { ExternalId, Integer, Key } from '../fields/index.js';

export class ListingRequest {
  @ExternalId('42', { description: "The product's id in the channel" }) product!: string;
  @ExternalId('7', { optional: true, description: "The variant's id, where the product has variants" })
  variant?: string;
  @Key('TSHIRT-BLUE-M') sku!: string;
  @Integer({
    min: 1,
    max: unitsPerSaleMax,
    optional: true,
    description: 'Base units of one sold unit; 1 when left out',
  })
  unitsPerSale?: number;

  toCommand(channel: string): MapListing {
    const { product, variant, sku, unitsPerSale = 1 } = this;
    return {
      kind: 'map_listing',
      channel,
      ids: { product, ...(variant !== undefined && { variant }) },
      sku,
      unitsPerSale,
    };
  }
}
