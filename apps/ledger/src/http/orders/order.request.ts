import { orderLinesMax, type PaymentState, type Snapshot } from '#orders';
import { ProblemError } from '#platform';
import { Integer, Key, ListOf, OneOf, Timestamp } from '../fields/index.js';
import { instantOr } from '../movements/reported.js';
import { SnapshotLineRequest } from './order-line.request.js';

const payments: readonly PaymentState[] = ['pending', 'paid', 'failed', 'cancelled', 'refunded', 'trashed'];

/** The whole order as the shop has it now: every line, also those it had before only if it has them still. */
export class OrderRequest {
  @Integer({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    example: 1,
    description: 'Grows strictly with every change of the order',
  })
  version!: number;
  @Timestamp({ description: 'When it was placed' }) placedAt!: string;
  @Timestamp({ optional: true, description: 'When this change happened; placedAt when left out' }) changedAt?: string;
  @OneOf(payments, { optional: true, description: 'pending when left out' }) payment?: PaymentState;
  @Key('cart-900', { optional: true, description: 'The cart whose hold this order consumes' }) cart?: string;
  @ListOf(SnapshotLineRequest, orderLinesMax, { itemsMin: 0 }) lines!: SnapshotLineRequest[];

  /** @throws ProblemError for a line that names both a SKU and ids, or neither */
  toSnapshot(): Snapshot {
    this.lines.forEach(demandOneProduct);
    const placedAt = instantOr(this.placedAt, this.placedAt);
    return {
      version: this.version,
      placedAt,
      changedAt: instantOr(this.changedAt, placedAt),
      payment: this.payment ?? 'pending',
      ...(this.cart !== undefined && { cart: this.cart }),
      lines: this.lines.map((line) => line.toLine()),
    };
  }
}

const demandOneProduct = ({ sku, ids, unitsPerSale }: SnapshotLineRequest, index: number): void => {
  const field = `lines[${index}].sku`;
  if (sku === undefined && ids === undefined) {
    throw new ProblemError('missing_field', { field, detail: `${field} or ids is required` });
  }
  if (ids === undefined || (sku === undefined && unitsPerSale === undefined)) return;
  throw new ProblemError('invalid_value', {
    field,
    detail: `lines[${index}] names ids: sku and unitsPerSale come from their listing`,
  });
};
