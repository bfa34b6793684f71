import type { Cause, Context } from './context.js';
import type { StockRow } from './rows.js';

/** What is sold: a product, or one of its combinations (0 for none), in a shop. */
export type Sellable = {
  readonly id_product: number;
  readonly id_product_attribute: number;
  readonly id_shop: number;
};

type Holder = Pick<StockRow, 'id_shop' | 'id_shop_group'>;

/** Whose row counts for a shop: its own, or its group's where that shares stock. */
export const holderOf = ({ tables }: Context, shop: number): Holder => {
  const group = tables.shops.get(shop)?.id_shop_group ?? 0;
  return tables.shopGroups.get(group)?.share_stock === 1
    ? { id_shop: 0, id_shop_group: group }
    : { id_shop: shop, id_shop_group: 0 };
};

const belongsTo = (row: StockRow, holder: Holder): boolean =>
  row.id_shop === holder.id_shop && row.id_shop_group === holder.id_shop_group;

export const findRow = (context: Context, sellable: Sellable): StockRow | undefined => {
  const holder = holderOf(context, sellable.id_shop);
  return context.tables.stock
    .where(sellable.id_product)
    .find((row) => row.id_product_attribute === sellable.id_product_attribute && belongsTo(row, holder));
};

/** The row, made on the spot where the shop has none: so a sharing group gets its rows. */
export const rowOf = (context: Context, sellable: Sellable): StockRow =>
  findRow(context, sellable) ??
  context.tables.stock.insert({
    id_product: sellable.id_product,
    id_product_attribute: sellable.id_product_attribute,
    ...holderOf(context, sellable.id_shop),
    quantity: 0,
    physical_quantity: 0,
    reserved_quantity: 0,
    depends_on_stock: 0,
    out_of_stock: 2,
    location: '',
  });

/**
 * Writes all columns that the shop's object of a row has, as it stood when it was read. The two others are written by
 * statements of their own and stay what they are.
 */
export const writeRow = (context: Context, row: StockRow, cause: Cause): void => {
  const before = context.tables.stock.get(row.id);
  if (before === undefined) return;
  const { physical_quantity, reserved_quantity } = before;
  const after = { ...row, physical_quantity, reserved_quantity };
  context.tables.stock.put(after);
  context.recordWrite({ row: row.id, before, after, cause });
};

/** Sets the row with attribute 0 to the sum of the product's combinations in the same shop or group. */
export const sumCombinations = (context: Context, of: StockRow, cause: Cause): void => {
  const rows = context.tables.stock.where(of.id_product).filter((row) => belongsTo(row, of));
  const parent = rows.find((row) => row.id_product_attribute === 0);
  if (parent === undefined) return;
  const quantity = rows.filter((row) => row.id_product_attribute !== 0).reduce((sum, row) => sum + row.quantity, 0);
  writeRow(context, { ...parent, quantity }, cause);
};

/** Reads the row, lets others go, and writes the whole of it: a write of theirs in between is lost. */
export const changeQuantity = async (
  context: Context,
  sellable: Sellable,
  change: (quantity: number) => number,
  cause: Cause,
): Promise<void> => {
  const read = rowOf(context, sellable);
  const pause = context.pause({ point: 'stock_write', row: read.id, cause });
  if (pause !== undefined) await pause;
  writeRow(context, { ...read, quantity: change(read.quantity) }, cause);
  if (read.id_product_attribute !== 0) sumCombinations(context, read, cause);
};
