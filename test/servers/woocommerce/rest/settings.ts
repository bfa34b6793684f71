import type { Context } from '../shop/context.js';
import { RestError } from './errors.js';
import type { Found, RestRequest } from './types.js';

/** Settings are texts; one that is empty is none. */
export const settings = ({ settings: { holdStockMinutes, managesStock } }: Context, { path }: RestRequest): Found => {
  const [, group, id = ''] = path;
  const values = new Map([
    ['woocommerce_hold_stock_minutes', { type: 'number', default: '60', value: String(holdStockMinutes ?? '') }],
    ['woocommerce_manage_stock', { type: 'checkbox', default: 'yes', value: managesStock ? 'yes' : 'no' }],
  ]);
  const setting = values.get(id);
  if (group !== 'products' || setting === undefined)
    throw new RestError('rest_setting_setting_invalid', 'Invalid setting.', 404);
  return { status: 200, body: { id, ...setting }, allow: 'GET, POST, PUT, PATCH' };
};
