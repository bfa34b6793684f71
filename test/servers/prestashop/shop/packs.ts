import { configuredNumber } from './configuration.js';
import type { Cause, Context } from './context.js';
import { changeQuantity, rowOf, type Sellable } from './stock.js';

/** What of a pack moves when it is sold. */
export type PackType = 'pack' | 'components' | 'both';

const types: readonly PackType[] = ['pack', 'components', 'both'];

/** The product's own choice that means "as the shop's configuration says". */
const asConfigured = 3;

export const isPack = ({ tables }: Context, product: number): boolean => tables.packItems.where(product).length > 0;

export const packTypeOf = (context: Context, product: number): PackType => {
  const own = context.tables.products.get(product)?.pack_stock_type ?? asConfigured;
  return types[own === asConfigured ? configuredNumber(context, 'PS_PACK_STOCK_TYPE') : own] ?? 'pack';
};

/** Moves what a line of an order means in rows: the product's own, a pack's, its components'. */
export const moveUnits = async (context: Context, line: Sellable, units: number, cause: Cause): Promise<void> => {
  if (isPack(context, line.id_product)) return movePack(context, line, units, cause);
  await changeQuantity(context, line, (quantity) => quantity + units, cause);
  if (units < 0) await lowerPacksWith(context, line, cause);
};

const movePack = async (context: Context, pack: Sellable, units: number, cause: Cause): Promise<void> => {
  const type = packTypeOf(context, pack.id_product);
  if (type !== 'pack') {
    for (const { id_product, id_product_attribute, quantity } of context.tables.packItems.where(pack.id_product)) {
      const component = { id_product, id_product_attribute, id_shop: pack.id_shop };
      await changeQuantity(context, component, (before) => before + units * quantity, cause);
    }
  }
  if (type !== 'components') await changeQuantity(context, pack, (before) => before + units, cause);
};

/** A pack that moves both never shows more than this component allows. Nothing raises it again. */
const lowerPacksWith = async (context: Context, component: Sellable, cause: Cause): Promise<void> => {
  const left = rowOf(context, component).quantity;
  const holding = context.tables.packItems
    .all()
    .filter(
      (item) =>
        item.id_product === component.id_product &&
        item.id_product_attribute === component.id_product_attribute &&
        packTypeOf(context, item.id_pack) === 'both',
    );
  for (const item of holding) {
    const pack = { id_product: item.id_pack, id_product_attribute: 0, id_shop: component.id_shop };
    const most = Math.floor(left / item.quantity);
    if (rowOf(context, pack).quantity > most) await changeQuantity(context, pack, () => most, cause);
  }
};
