import type { Version } from '../../versions.js';
import { configure } from '../configuration.js';
import type { Context } from '../context.js';
import { newConfiguration } from './configuration.js';
import { statesOf } from './states.js';

/** What every shop has before it sells anything: states, configuration, one shop in one group. */
export const seedNewShop = (context: Context, version: Version, zone: string): void => {
  const { tables, traits } = context;
  statesOf(version).forEach(tables.states.put);
  Object.entries(newConfiguration(zone)).forEach(([name, value]) => configure(context, name, value));
  tables.shopGroups.put({ id: 1, name: 'Default', share_stock: 0 });
  tables.shops.put({ id: 1, id_shop_group: 1, name: traits.shopName, theme_name: traits.theme });
};
