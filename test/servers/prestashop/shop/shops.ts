import type { Context } from './context.js';

export type NewShop = { readonly name: string; readonly group: number };

export const addShopGroup = (
  { tables }: Context,
  { name, sharesStock }: { readonly name: string; readonly sharesStock: boolean },
): number => tables.shopGroups.insert({ name, share_stock: sharesStock ? 1 : 0 }).id;

/** Rows of stock are not copied: a shop gets them with its products, a sharing group when somebody writes there. */
export const addShop = ({ tables, traits }: Context, { name, group }: NewShop): number =>
  tables.shops.insert({ name, id_shop_group: group, theme_name: traits.theme }).id;
