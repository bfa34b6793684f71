import type { Context } from '../../shop/context.js';
import type { DetailRow } from '../../shop/rows.js';
import type { Entity, Field, Resource, Save, Saved, Sought } from '../types.js';
import { columnsOf, entityOf } from './entity.js';
import { constants, int, text } from './fields.js';
import { rowsSought } from './table-resource.js';

const zero = '0.000000';

const fields = [
  int('id_order', { link: 'orders' }),
  int('product_id', { link: 'products' }),
  int('product_attribute_id', { link: 'combinations' }),
  int('product_quantity_reinjected'),
  ...constants(['group_reduction'], '0.00'),
  ...constants(['discount_quantity_applied'], 0, 'int'),
  ...constants(['download_hash'], ''),
  ...constants(['download_deadline'], '0000-00-00 00:00:00'),
  ...constants(['id_order_invoice', 'id_warehouse'], 0, 'int'),
  int('id_shop'),
  ...constants(['id_customization'], 0, 'int'),
  text('product_name'),
  int('product_quantity'),
  int('product_quantity_in_stock'),
  int('product_quantity_return'),
  int('product_quantity_refunded'),
  text('product_price'),
  ...constants(['reduction_percent'], '0.00'),
  ...constants(['reduction_amount', 'reduction_amount_tax_incl', 'reduction_amount_tax_excl'], zero),
  ...constants(['product_quantity_discount'], zero),
  ...constants(['product_ean13', 'product_isbn', 'product_upc', 'product_mpn'], ''),
  text('product_reference'),
  ...constants(['product_supplier_reference'], ''),
  ...constants(['product_weight'], zero),
  ...constants(['tax_computation_method', 'id_tax_rules_group'], 0, 'int'),
  ...constants(['ecotax'], zero),
  ...constants(['ecotax_tax_rate'], '0.000'),
  ...constants(['download_nb'], 0, 'int'),
  text('unit_price_tax_incl'),
  text('unit_price_tax_excl'),
  text('total_price_tax_incl'),
  text('total_price_tax_excl'),
  ...constants(['total_shipping_price_tax_excl', 'total_shipping_price_tax_incl', 'purchase_supplier_price'], zero),
  text('original_product_price'),
  text('original_wholesale_price'),
  ...constants(['total_refunded_tax_excl', 'total_refunded_tax_incl'], zero),
];

/** Prices are without tax, so that those with it are the same. */
const shownOf = (line: DetailRow, shown: readonly Field[] = fields): Entity => ({
  ...entityOf(shown, line),
  unit_price_tax_incl: line.product_price,
  unit_price_tax_excl: line.product_price,
  total_price_tax_incl: line.total_price,
  total_price_tax_excl: line.total_price,
  original_product_price: line.product_price,
});

/** What is not looked at is not made: a shop has more lines every day, and its lists are read every few seconds. */
function* list({ tables }: Context, names: ReadonlySet<string>, sought: Sought): Iterable<Entity> {
  const shown = fields.filter(({ name }) => names.has(name));
  for (const line of rowsSought(tables.details, sought, 'id_order')) yield shownOf(line, shown);
}

export const orderDetails: Resource = {
  name: 'order_details',
  one: 'order_detail',
  many: 'order_details',
  description: 'Details of an order',
  fields,
  list,
  isInOrder: true,
  get: ({ tables }, id) => {
    const line = tables.details.get(id);
    return line === undefined ? undefined : shownOf(line);
  },
  associations: () => [{ name: 'taxes', one: 'tax', api: 'taxes', fields: [int('id')], rows: [] }],
  save: (context, save) => Promise.resolve(saveLine(context, save)),
};

/** Counters change, and nothing else: neither the stock nor the order's date. */
const saveLine = (context: Context, { id = 0, values, method }: Save): Saved => {
  const line = context.tables.details.get(id);
  if (line === undefined || method === 'POST') return { kind: 'crashed' };
  const counters = Object.fromEntries(
    Object.entries(columnsOf(fields, values)).filter(([name]) => name.startsWith('product_quantity') && name in line),
  );
  const saved: DetailRow = { ...line, ...counters };
  context.tables.details.put(saved);
  return { kind: 'saved', entity: shownOf(saved) };
};
