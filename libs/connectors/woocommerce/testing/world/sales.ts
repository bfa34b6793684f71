import { type RowKey } from '#channel-kit';
import { type Raw } from './raw.js';

const placeOf = (row: RowKey): readonly [product: number, variation: number] => {
  const [product, variation] = row.split('-').map(Number);
  if (product === undefined || variation === undefined) throw new Error(`${row} is no row`);
  return [product, variation];
};

/** What is bought of a row: of a product with variations one whose stock the product manages. */
const soldOf = async (raw: Raw, row: RowKey): Promise<object> => {
  const [product, variation] = placeOf(row);
  if (variation !== 0) return { product_id: product, variation_id: variation };
  const { variations } = await raw('GET', `products/${product}?_fields=variations`);
  for (const id of Array.isArray(variations) ? (variations as number[]) : []) {
    const { manage_stock: manages } = await raw('GET', `products/${product}/variations/${id}?_fields=manage_stock`);
    if (manages === 'parent') return { product_id: product, variation_id: id };
  }
  return { product_id: product };
};

/** Units of a row, as a paid order that the interface makes. */
export const orderThrough = async (raw: Raw, row: RowKey, units: number): Promise<string> => {
  const line = { ...(await soldOf(raw, row)), quantity: units };
  const { id } = await raw('POST', 'orders', { status: 'processing', payment_method: 'bacs', line_items: [line] });
  return String(id);
};

export const cancelThrough = async (raw: Raw, order: string): Promise<void> => {
  await raw('PUT', `orders/${order}`, { status: 'cancelled' });
};
