import { type ShopRows } from '#channel-kit';
import { rowIn, type Row } from '../effects/index.js';
import { type Client, type Filter, anyOf, type StockAvailable } from '../webservice/index.js';
import { type SettingsReader, type ShopSettings } from './settings.js';

/** What every question of the port works with. */
export type PortContext = {
  readonly client: Client;
  readonly settings: SettingsReader;
  /** The shop whose rows and orders the channel has, or one of its sharing group; undefined: all of the installation. */
  readonly shopId: number | undefined;
  /** Milliseconds of our own clock. */
  readonly now: () => number;
  readonly rows: ShopRows<StockAvailable>;
};

type Holder = Pick<Row, 'shopId' | 'shopGroupId'>;

const holderOf = ({ view }: ShopSettings, shopId: number): Holder => rowIn(view, shopId, 0, 0);

/** Which rows of stock are the channel's. */
export const rowFilters = (settings: ShopSettings, shopId: number | undefined): readonly Filter[] => {
  if (shopId === undefined) return [];
  const holder = holderOf(settings, shopId);
  return [anyOf('id_shop', [holder.shopId]), anyOf('id_shop_group', [holder.shopGroupId])];
};

/** Whether an order of that shop takes from the channel's rows. */
export const isOfChannel = (settings: ShopSettings, shopId: number | undefined, orderShopId: number): boolean => {
  if (shopId === undefined) return true;
  const [own, other] = [holderOf(settings, shopId), holderOf(settings, orderShopId)];
  return own.shopId === other.shopId && own.shopGroupId === other.shopGroupId;
};

/** One of the shops that share this group's stock. */
export const shopInGroup = ({ view }: ShopSettings, groupId: number): number | undefined =>
  [...view.sharingGroups].find(([, group]) => group === groupId)?.[0];
