import { actCause, type Context } from './context.js';
import { movementReasons, recordMovement } from './movements.js';
import { moveUnits } from './packs.js';
import { recomputeForProduct, recomputeRow } from './reserved.js';
import { rowOf, type Sellable } from './stock.js';

/** Where somebody types a quantity: each page recomputes reserved and physical in its own way. */
export type Page = 'product' | 'combination' | 'stocks' | 'import' | 'module';

export type HandEdit = Sellable & { readonly page?: Page } & (
    { readonly delta: number } | { readonly quantity: number }
  );

/**
 * A person, an import or a module sets a quantity. `module` stands for `StockAvailable::setQuantity` and its movement;
 * an import goes the same way, which was not measured.
 */
export const editStockByHand = async (context: Context, edit: HandEdit): Promise<void> => {
  const { id_product, id_product_attribute, id_shop } = edit;
  const sellable = { id_product, id_product_attribute, id_shop };
  const page = edit.page ?? (id_product_attribute === 0 ? 'product' : 'combination');
  const units = 'delta' in edit ? edit.delta : edit.quantity - rowOf(context, sellable).quantity;
  await moveUnits(context, sellable, units, actCause(`by hand: ${page}`));
  recordMovement(context, { sellable, units, reason: movementReasons.byHand });
  if (page === 'product' || page === 'stocks') recomputeForProduct(context, id_shop, id_product);
  if (page === 'combination') recomputeRow(context, rowOf(context, sellable));
  if (page === 'product') touchProduct(context, id_product);
};

const touchProduct = (context: Context, id: number): void => {
  const product = context.tables.products.get(id);
  if (product !== undefined) context.tables.products.put({ ...product, date_upd: context.clock.local() });
};
