import { type Shop } from '../../../../../test/servers/woocommerce/index.js';

/** An item that may be sold, as lines of orders name it. */
export type Item = { readonly product: number; readonly variation: number };

/** What the shop's code names the item by. */
export const soldId = ({ product, variation }: Item): number => (variation === 0 ? product : variation);

const opening = 100;

/** Simple products, one that may be owed, one that nobody counts, a product with variations of which one has stock of its own. */
export const furnish = (shop: Shop): readonly Item[] => {
  const simple = [{ stock: opening }, { stock: opening }, { stock: opening, backorders: 'yes' as const }, {}];
  const products = simple.map((product) => shop.createProduct(product).id);
  const { id: parent } = shop.createProduct({ type: 'variable', stock: opening });
  const variations = [{ stock: opening }, {}, {}].map(
    (variation) => shop.createProduct({ ...variation, type: 'variation', parent }).id,
  );
  return [
    ...products.map((product) => ({ product, variation: 0 })),
    ...variations.map((variation) => ({ product: parent, variation })),
  ];
};
