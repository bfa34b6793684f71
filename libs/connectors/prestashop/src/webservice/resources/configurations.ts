import { number, text } from '../fields.js';
import { type Resource } from '../resource.js';

export type Configuration = { readonly id: number; readonly name: string; readonly value: string };

/** Settings that the connector needs; the shop may have several rows of one name where its shops differ. */
export const configurationNames = [
  'PS_OS_CANCELED',
  'PS_OS_ERROR',
  'PS_PACK_STOCK_TYPE',
  'PS_STOCK_MANAGEMENT',
  'PS_ORDER_OUT_OF_STOCK',
  'PS_TIMEZONE',
] as const;

export const configurations: Resource<Configuration> = {
  path: 'configurations',
  list: 'configurations',
  element: 'configuration',
  display: ['id', 'name', 'value'],
  read: (node) => ({ id: number(node, 'id'), name: text(node, 'name'), value: text(node, 'value') }),
};
