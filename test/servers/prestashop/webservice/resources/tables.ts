import { bool, constants, int, text } from './fields.js';
import { tableResource } from './table-resource.js';

export const orderStates = tableResource(
  {
    name: 'order_states',
    one: 'order_state',
    many: 'order_states',
    description: 'The Order states',
    fields: [
      ...constants(['unremovable'], 1, 'bool'),
      bool('delivery'),
      ...constants(['hidden'], 0, 'bool'),
      bool('send_email'),
      text('module_name'),
      bool('invoice'),
      text('color'),
      bool('logable'),
      bool('shipped'),
      bool('paid'),
      ...constants(['pdf_delivery'], 0, 'bool'),
      bool('pdf_invoice'),
      ...constants(['deleted'], 0, 'bool'),
      { name: 'name', kind: 'i18n' },
      { name: 'template', kind: 'i18n' },
    ],
  },
  (tables) => tables.states,
  { orderedBy: 'module_name' },
);

export const configurations = tableResource(
  {
    name: 'configurations',
    one: 'configuration',
    many: 'configurations',
    description: 'Shop configuration',
    fields: [
      text('value'),
      text('name'),
      ...constants(['id_shop_group', 'id_shop'], ''),
      ...constants(['date_add', 'date_upd'], '2026-01-01 00:00:00'),
    ],
  },
  (tables) => tables.configurations,
  { orderedBy: 'name' },
);

export const shops = tableResource(
  {
    name: 'shops',
    one: 'shop',
    many: 'shops',
    description: 'Shops from multi-shop feature',
    fields: [
      int('id_shop_group', { link: 'shop_groups' }),
      ...constants(['id_category'], 2, 'int'),
      ...constants(['active'], 1, 'bool'),
      ...constants(['deleted'], 0, 'bool'),
      text('name'),
      ...constants(['color'], ''),
      text('theme_name'),
    ],
  },
  (tables) => tables.shops,
);

export const shopGroups = tableResource(
  {
    name: 'shop_groups',
    one: 'shop_group',
    many: 'shop_groups',
    description: 'Shop groups from multi-shop feature',
    fields: [
      text('name'),
      ...constants(['color'], ''),
      ...constants(['share_customer', 'share_order'], 0, 'bool'),
      bool('share_stock'),
      ...constants(['active'], 1, 'bool'),
      ...constants(['deleted'], 0, 'bool'),
    ],
  },
  (tables) => tables.shopGroups,
);
