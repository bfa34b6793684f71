import { flag, number, text } from '../fields.js';
import { type Resource } from '../resource.js';

export type Shop = {
  readonly id: number;
  readonly groupId: number;
  readonly name: string;
  readonly active: boolean;
  readonly deleted: boolean;
};

export const shops: Resource<Shop> = {
  path: 'shops',
  list: 'shops',
  element: 'shop',
  display: ['id', 'id_shop_group', 'name', 'active', 'deleted'],
  read: (node) => ({
    id: number(node, 'id'),
    groupId: number(node, 'id_shop_group'),
    name: text(node, 'name'),
    active: flag(node, 'active'),
    deleted: flag(node, 'deleted'),
  }),
};

export type ShopGroup = {
  readonly id: number;
  readonly name: string;
  readonly sharesStock: boolean;
  readonly deleted: boolean;
};

export const shopGroups: Resource<ShopGroup> = {
  path: 'shop_groups',
  list: 'shop_groups',
  element: 'shop_group',
  display: ['id', 'name', 'share_stock', 'deleted'],
  read: (node) => ({
    id: number(node, 'id'),
    name: text(node, 'name'),
    sharesStock: flag(node, 'share_stock'),
    deleted: flag(node, 'deleted'),
  }),
};
