import { type OrderView, type Pack, type ShopView, type VersionFamily } from '../effects/index.js';
import { type Order } from '../webservice/index.js';

/** What of a shop's settings bears on one order. Plain JSON, so that it can be kept with the order. */
export type OrderShop = {
  readonly family: VersionFamily;
  readonly cancelledStateId: number;
  readonly errorStateId: number;
  readonly packStockTypeDefault: ShopView['packStockTypeDefault'];
  /** State id, and whether it is logable. */
  readonly states: readonly (readonly [number, boolean])[];
  /** Packs among the order's lines. */
  readonly packs: readonly (readonly [number, Pack])[];
  /** Of the order's shop, where its group shares its stock. */
  readonly sharingGroupId?: number;
};

/** An order as it is kept between two readings, with the settings it was read under. */
export type PrestashopOrder = { readonly order: Order; readonly view: OrderView; readonly shop: OrderShop };

/** The settings that an order is kept with. */
export const orderShopOf = (shop: ShopView, view: OrderView): OrderShop => {
  const group = shop.sharingGroups.get(view.shopId);
  const sold = new Set(view.lines.map(({ productId }) => productId));
  return {
    family: shop.family,
    cancelledStateId: shop.cancelledStateId,
    errorStateId: shop.errorStateId,
    packStockTypeDefault: shop.packStockTypeDefault,
    states: [...shop.states].map(([id, { logable }]) => [id, logable] as const),
    packs: [...shop.packs].filter(([id]) => sold.has(id)),
    ...(group !== undefined && { sharingGroupId: group }),
  };
};

/** The settings back: of the newer reading, and the packs of lines that only the older one has. */
export const shopViewOf = (after: PrestashopOrder, before?: PrestashopOrder): ShopView => {
  const { shop, view } = after;
  return {
    family: shop.family,
    cancelledStateId: shop.cancelledStateId,
    errorStateId: shop.errorStateId,
    packStockTypeDefault: shop.packStockTypeDefault,
    states: new Map(shop.states.map(([id, logable]) => [id, { logable }])),
    packs: new Map([...(before?.shop.packs ?? []), ...shop.packs]),
    sharingGroups: shop.sharingGroupId === undefined ? new Map() : new Map([[view.shopId, shop.sharingGroupId]]),
  };
};

/** Of a shop that was restored from a backup an id may come again, for another order. */
export const isSameOrder = (one: PrestashopOrder, other: PrestashopOrder): boolean =>
  one.order.reference === other.order.reference && one.order.addedAtSeconds === other.order.addedAtSeconds;
