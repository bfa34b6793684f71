import type { Context, StockWrite } from './context.js';
import type { Line, Product, StockStatus } from './rows.js';

/** The row whose figure counts: the product, a variation with stock of its own, or its parent. None where nothing is managed. */
export const managedRow = (context: Context, id: number): Product | undefined => {
  const product = context.products.get(id);
  if (product === undefined || !context.settings.managesStock) return undefined;
  if (product.manageStock) return product;
  const parent = product.type === 'variation' ? context.products.get(product.parent) : undefined;
  return parent?.manageStock === true ? parent : undefined;
};

export const managedRowOfLine = (context: Context, { product, variation }: Line): Product | undefined =>
  managedRow(context, variation === 0 ? product : variation);

export const statusOf = ({ stock, backorders }: Pick<Product, 'stock' | 'backorders'>): StockStatus => {
  if ((stock ?? 0) > 0) return 'instock';
  return backorders === 'no' ? 'outofstock' : 'onbackorder';
};

/** Relative and in one piece, as the one statement of SQL that does it. */
export const moveStock = (context: Context, row: Product, by: number): void => {
  if (by === 0) return;
  const now = context.products.get(row.id);
  if (now !== undefined) writeStock(context, now, (now.stock ?? 0) + by, 'order');
};

/** Sets a figure, and what follows from it: the status, the dates, the parent's status. */
export const writeStock = (
  context: Context,
  product: Product,
  stock: number | null,
  cause: StockWrite['cause'],
): void => {
  const at = context.now();
  if (stock !== product.stock) context.writes.push({ product: product.id, from: product.stock, to: stock, at, cause });
  save(context, {
    ...product,
    stock,
    stockStatus: product.manageStock ? statusOf({ ...product, stock }) : product.stockStatus,
  });
};

/** The row as it is now, with its date, and its family: a variation's date is its parent's, and a parent's stock its variations'. */
export const save = (context: Context, product: Product): void => {
  context.products.set(product.id, { ...product, modifiedAt: context.now() });
  if (product.type === 'variation') followVariations(context, product.parent);
  if (product.type === 'variable') followParent(context, product);
};

const childrenOf = (context: Context, parent: number): readonly Product[] =>
  [...context.products.values()].filter((one) => one.type === 'variation' && one.parent === parent);

const followVariations = (context: Context, id: number): void => {
  const parent = context.products.get(id);
  if (parent === undefined) return;
  const statuses = childrenOf(context, id).map(({ stockStatus }) => stockStatus);
  const together = statuses.includes('instock')
    ? 'instock'
    : statuses.includes('onbackorder')
      ? 'onbackorder'
      : 'outofstock';
  const stockStatus = parent.manageStock ? parent.stockStatus : together;
  context.products.set(id, { ...parent, stockStatus, modifiedAt: context.now() });
};

/** Variations without stock of their own show their parent's status; their own dates stay. */
const followParent = (context: Context, parent: Product): void => {
  if (!parent.manageStock) return;
  for (const child of childrenOf(context, parent.id)) {
    if (!child.manageStock) context.products.set(child.id, { ...child, stockStatus: parent.stockStatus });
  }
};
