import type { Context } from '../context.js';
import type { StockRow } from '../rows.js';

export type NewProduct = {
  readonly id?: number;
  readonly reference: string;
  readonly name?: string;
  readonly price?: string;
  readonly ean13?: string;
  /** Of the row, where there are no combinations. */
  readonly quantity?: number;
  readonly out_of_stock?: number;
  readonly is_virtual?: number;
  readonly minimal_quantity?: number;
  readonly combinations?: readonly NewCombination[];
  /** Makes it a pack of type 0, 1, 2 or 3. */
  readonly pack?: { readonly type: number; readonly items: readonly NewPackItem[] };
  /** The shops whose rows are made; the first one by default. */
  readonly shops?: readonly number[];
};

export type NewCombination = {
  readonly id?: number;
  readonly reference: string;
  readonly quantity?: number;
  readonly ean13?: string;
};

export type NewPackItem = {
  readonly id_product: number;
  readonly id_product_attribute?: number;
  readonly quantity: number;
};

/** A product with its combinations, its pack and its rows of stock. Returns its id. */
export const addProductToCatalogue = (context: Context, asked: NewProduct): number => {
  const id = insertProduct(context, asked);
  const combinations = (asked.combinations ?? []).map((combination) => insertCombination(context, id, combination));
  const sum = combinations.reduce((total, { quantity }) => total + quantity, 0);
  for (const shop of asked.shops ?? [1]) {
    const row = { id_product: id, id_shop: shop, out_of_stock: asked.out_of_stock ?? 2 };
    insertRow(context, { ...row, id_product_attribute: 0, quantity: asked.combinations ? sum : (asked.quantity ?? 0) });
    combinations.forEach((combination) =>
      insertRow(context, { ...row, id_product_attribute: combination.id, quantity: combination.quantity }),
    );
  }
  asked.pack?.items.forEach(({ id_product_attribute = 0, ...item }) =>
    context.tables.packItems.insert({ ...item, id_product_attribute, id_pack: id }),
  );
  return id;
};

const insertProduct = (context: Context, { id, ...asked }: NewProduct): number => {
  const now = context.clock.local();
  const row = {
    reference: asked.reference,
    ean13: asked.ean13 ?? '',
    name: asked.name ?? asked.reference,
    price: asked.price ?? '10.000000',
    active: 1,
    is_virtual: asked.is_virtual ?? 0,
    pack_stock_type: asked.pack?.type ?? 3,
    minimal_quantity: asked.minimal_quantity ?? 1,
    date_add: now,
    date_upd: now,
  };
  if (id === undefined) return context.tables.products.insert(row).id;
  context.tables.products.put({ ...row, id });
  return id;
};

const insertCombination = (context: Context, product: number, { id, quantity = 0, ...asked }: NewCombination) => {
  const row = { id_product: product, reference: asked.reference, ean13: asked.ean13 ?? '', minimal_quantity: 1 };
  if (id === undefined) return { id: context.tables.combinations.insert(row).id, quantity };
  context.tables.combinations.put({ ...row, id });
  return { id, quantity };
};

type NewRow = Pick<StockRow, 'id_product' | 'id_product_attribute' | 'id_shop' | 'quantity' | 'out_of_stock'>;

export const insertRow = (context: Context, row: NewRow): StockRow =>
  context.tables.stock.insert({
    ...row,
    id_shop_group: 0,
    physical_quantity: 0,
    reserved_quantity: 0,
    depends_on_stock: 0,
    location: '',
  });
