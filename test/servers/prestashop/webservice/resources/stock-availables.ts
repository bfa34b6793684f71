import { sumCombinations, writeRow } from '../../shop/stock.js';
import type { Context } from '../../shop/context.js';
import type { StockRow } from '../../shop/rows.js';
import type { Query, Resource, Save, Saved } from '../types.js';
import { columnsOf, entityOf, merged } from './entity.js';
import { bool, int, text } from './fields.js';
import { tableResource } from './table-resource.js';

const quantityRange = { min: -2_147_483_648, max: 2_147_483_647 };

const fields = [
  int('id_product', { link: 'products', required: true, format: 'isUnsignedId' }),
  int('id_product_attribute', { link: 'combinations', required: true, format: 'isUnsignedId' }),
  int('id_shop', { link: 'shops', format: 'isUnsignedId' }),
  int('id_shop_group', { link: 'shop_groups', format: 'isUnsignedId' }),
  int('quantity', { required: true, format: 'isInt', range: quantityRange }),
  bool('depends_on_stock', { required: true, format: 'isBool' }),
  int('out_of_stock', { required: true, format: 'isInt' }),
  text('location', { maxSize: 255, format: 'isString' }),
];

export const stockAvailables: Resource = tableResource(
  {
    name: 'stock_availables',
    one: 'stock_available',
    many: 'stock_availables',
    description: 'Available quantities',
    fields,
    forbidden: ['POST', 'DELETE'],
    save: (context, save) => saveRow(context, save),
  },
  (tables) => tables.stock,
  { indexed: 'id_product' },
);

const dependent: Saved = {
  kind: 'failed',
  status: 500,
  errors: [
    { code: 133, message: 'You cannot update the available stock when it depends on stock.' },
    { code: 46, message: 'Unable to save resource' },
  ],
};

/** The whole row as it was read, with what the body names over it: a decrement in between is erased. */
const saveRow = async (context: Context, { id = 0, values, query, cause }: Save): Promise<Saved> => {
  const read = context.tables.stock.get(id);
  if (read === undefined) return { kind: 'crashed' };
  if (read.depends_on_stock === 1 && context.traits.refusesDependentStock) return dependent;
  const pause = context.pause({ point: 'stock_write', row: id, cause });
  if (pause !== undefined) await pause;
  const row: StockRow = { ...read, ...columnsOf(fields, values) };
  writeRow(context, row, cause);
  if (row.id_product_attribute !== 0 && seesParent(context, row, query)) sumCombinations(context, row, cause);
  return { kind: 'saved', entity: merged(entityOf(fields, read), values) };
};

/**
 * Whether the request's shop lets it find the row that holds the sum. Measured: a row that a group shares needs the
 * group or one of its shops; the group alone finds the rows of its first shop only.
 */
const seesParent = ({ tables }: Context, row: StockRow, query: Query): boolean => {
  const shop = Number(query.get('id_shop'));
  const group = Number(query.get('id_group_shop'));
  if (row.id_shop === 0) {
    return group === row.id_shop_group || tables.shops.get(shop)?.id_shop_group === row.id_shop_group;
  }
  return !query.has('id_group_shop') || tables.shops.where(group)[0]?.id === row.id_shop;
};
