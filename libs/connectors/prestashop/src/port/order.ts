import { type OrderView, type Pack, type ShopView, type VersionFamily } from '../effects/index.js';
import { type OrderReading } from '../reading/index.js';
import { type ShopMeaning } from './description/state-meaning.js';
import { meaningsIn, type ShopSettings } from './settings.js';

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
  /** What the shop says of each state that the order was in, by its id. */
  readonly meanings: readonly (readonly [number, ShopMeaning])[];
  /** Name of the zone that its dates are in. */
  readonly zone?: string;
};

/** An order as it is kept between two readings, with the settings it was read under. */
export type PrestashopOrder = OrderReading & {
  readonly shop: OrderShop;
  /** Milliseconds of our own clock, when all of it was read. */
  readonly readAtMillis: number;
};

const statesOf = ({ stateId, history }: OrderView): readonly number[] => [
  ...new Set([...history.map((row) => row.stateId), stateId]),
];

/** The settings that an order is kept with. */
export const orderShopOf = (settings: ShopSettings, view: OrderView): OrderShop => {
  const { view: shop, zone } = settings;
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
    meanings: [...meaningsIn(settings, statesOf(view))],
    ...(zone !== undefined && { zone }),
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
