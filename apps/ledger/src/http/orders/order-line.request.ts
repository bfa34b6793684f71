import { lineUnitsPerSaleMax, soldUnitsMax, type SnapshotLine } from '#orders';
import { Code, Integer, Key, Nested, Quantity, type FieldOptions } from '../fields/index.js';
import { ProductIdsRequest } from './product-ids.request.js';

const Sold = (description: string, options: FieldOptions = {}): PropertyDecorator =>
  Quantity({ min: 0, max: soldUnitsMax, description, ...options });

/** One line as the shop has it: in sold units, all figures cumulative. It names its SKU, or the shop's own ids. */
export class SnapshotLineRequest {
  @Key('1', { description: "The line's id in the order" }) line!: string;
  @Key('TSHIRT-BLUE-M', { optional: true, description: 'The SKU; or `ids`' }) sku?: string;
  @Integer({
    min: 1,
    max: lineUnitsPerSaleMax,
    optional: true,
    description: 'Base units of one sold unit; 1 when left out',
  })
  unitsPerSale?: number;
  @Nested(ProductIdsRequest, { optional: true, description: "The shop's own ids, resolved by its listings" })
  ids?: ProductIdsRequest;
  @Sold('Ordered') ordered!: number;
  @Sold('Cancelled, refunds before issue included; 0 when left out', { optional: true }) cancelled?: number;
  @Sold('Shipped, where the shop is author of issues', { optional: true }) shipped?: number;
  @Sold('Refunded', { optional: true }) refunded?: number;
  @Sold('Refunded and put back into the stock of the shop', { optional: true }) restocked?: number;
  @Code('wh1', { optional: true, description: 'The location that should ship it' }) location?: string;

  toLine(): SnapshotLine {
    const { line, ordered, cancelled = 0, shipped, refunded, restocked, location } = this;
    return {
      line,
      ordered,
      cancelled,
      product: this.product(),
      ...(shipped !== undefined && { shipped }),
      ...(refunded !== undefined && { refunded }),
      ...(restocked !== undefined && { restocked }),
      ...(location !== undefined && { location }),
    };
  }

  private product(): SnapshotLine['product'] {
    const { sku, unitsPerSale = 1, ids } = this;
    if (sku !== undefined) return { sku, unitsPerSale };
    return { ids: { product: ids?.product ?? '', ...(ids?.variant !== undefined && { variant: ids.variant }) } };
  }
}
