import type { Traits } from '../../versions.js';
import type { Resource } from '../types.js';
import { constants, int, text } from './fields.js';
import { tableResource } from './table-resource.js';

const zero = '0.000000';

const resourceWith = (supplyOrder: '' | 0) =>
  tableResource(
    {
      name: 'stock_movements',
      one: 'stock_mvt',
      many: 'stock_mvts',
      description: 'Stock movements',
      fields: [
        ...constants(['id_product', 'id_product_attribute', 'id_warehouse', 'id_currency'], ''),
        ...constants(['management_type'], null),
        int('id_employee', { link: 'employees' }),
        int('id_stock', { link: 'stocks' }),
        int('id_stock_mvt_reason', { link: 'stock_movement_reasons' }),
        int('id_order', { link: 'orders' }),
        ...constants(['id_supply_order'], supplyOrder, 'int'),
        ...constants(['product_name'], false),
        ...constants(['ean13', 'upc', 'reference', 'mpn'], null),
        int('physical_quantity'),
        int('sign'),
        ...constants(['last_wa', 'current_wa', 'price_te'], zero),
        text('date_add'),
      ],
    },
    (tables) => tables.movements,
  );

const before9 = resourceWith('');
const since9 = resourceWith(0);

export const stockMovementsOf = ({ jsonHasNumbers }: Traits): Resource => (jsonHasNumbers ? since9 : before9);
