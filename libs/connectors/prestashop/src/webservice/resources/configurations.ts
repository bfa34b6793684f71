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

/** Ids of states that the shop itself knows the meaning of. */
export const stateNames = [
  'PS_OS_CHEQUE',
  'PS_OS_BANKWIRE',
  'PS_OS_COD_VALIDATION',
  'PS_OS_OUTOFSTOCK_UNPAID',
  'PS_OS_PAYMENT',
  'PS_OS_WS_PAYMENT',
  'PS_OS_OUTOFSTOCK',
  'PS_OS_OUTOFSTOCK_PAID',
  'PS_OS_PREPARATION',
  'PS_OS_SHIPPING',
  'PS_OS_DELIVERED',
  'PS_OS_REFUND',
  'PS_OS_ERROR',
  'PS_OS_CANCELED',
] as const;

export const configurations: Resource<Configuration> = {
  path: 'configurations',
  list: 'configurations',
  element: 'configuration',
  display: ['id', 'name', 'value'],
  read: (node) => ({ id: number(node, 'id'), name: text(node, 'name'), value: text(node, 'value') }),
};
