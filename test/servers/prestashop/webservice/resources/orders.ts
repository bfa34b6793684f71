import { configuredNumber } from '../../shop/configuration.js';
import type { Context } from '../../shop/context.js';
import { createOrder } from '../../shop/orders.js';
import { changeState } from '../../shop/states.js';
import type { Association, Entity, Save, Saved } from '../types.js';
import { columnsOf, entityOf } from './entity.js';
import { bool, constants, int, text } from './fields.js';
import { tableResource } from './table-resource.js';

const zero = '0.000000';

const fields = [
  int('id_address_delivery', { link: 'addresses', required: true }),
  int('id_address_invoice', { link: 'addresses', required: true }),
  int('id_cart', { link: 'carts', required: true }),
  ...constants(['id_currency'], 1, 'int').map((field) => ({ ...field, link: 'currencies', required: true as const })),
  ...constants(['id_lang'], 1, 'int').map((field) => ({ ...field, link: 'languages', required: true as const })),
  int('id_customer', { link: 'customers', required: true }),
  ...constants(['id_carrier'], 2, 'int').map((field) => ({ ...field, link: 'carriers', required: true as const })),
  int('current_state', { link: 'order_states' }),
  text('module', { required: true }),
  int('invoice_number'),
  text('invoice_date'),
  int('delivery_number'),
  text('delivery_date'),
  bool('valid'),
  text('date_add'),
  text('date_upd'),
  { name: 'shipping_number', kind: 'text', constant: '', computed: true } as const,
  text('note'),
  int('id_shop_group'),
  int('id_shop'),
  text('secure_key'),
  text('payment', { required: true }),
  ...constants(['recyclable', 'gift'], 0, 'bool'),
  ...constants(['gift_message'], ''),
  ...constants(['mobile_theme'], 0, 'bool'),
  ...constants(['total_discounts', 'total_discounts_tax_incl', 'total_discounts_tax_excl'], zero),
  text('total_paid', { required: true }),
  text('total_paid_tax_incl'),
  text('total_paid_tax_excl'),
  text('total_paid_real', { required: true }),
  text('total_products', { required: true }),
  text('total_products_wt', { required: true }),
  text('total_shipping'),
  text('total_shipping_tax_incl'),
  text('total_shipping_tax_excl'),
  ...constants(['carrier_tax_rate'], '0.000'),
  ...constants(['total_wrapping', 'total_wrapping_tax_incl', 'total_wrapping_tax_excl'], zero),
  ...constants(['round_mode', 'round_type'], 0, 'int'),
  ...constants(['conversion_rate'], '1.000000').map((field) => ({ ...field, required: true as const })),
  text('reference'),
];

const rowFields = [
  int('id'),
  int('product_id', { link: 'products' }),
  int('product_attribute_id'),
  int('product_quantity'),
  text('product_name'),
  text('product_reference'),
  text('product_ean13'),
  text('product_isbn'),
  text('product_upc'),
  text('product_price'),
  int('id_customization', { link: 'customizations' }),
  text('unit_price_tax_incl'),
  text('unit_price_tax_excl'),
];

const rowsOf = ({ tables }: Context, { id }: Entity): readonly Association[] => {
  const rows = tables.details.where(Number(id)).map((line) => ({
    id: line.id,
    product_id: line.product_id,
    product_attribute_id: line.product_attribute_id,
    product_quantity: line.product_quantity,
    product_name: line.product_name,
    product_reference: line.product_reference,
    product_ean13: '',
    product_isbn: '',
    product_upc: '',
    product_price: line.product_price,
    id_customization: 0,
    unit_price_tax_incl: line.product_price,
    unit_price_tax_excl: line.product_price,
  }));
  return [{ name: 'order_rows', one: 'order_row', fields: rowFields, rows }];
};

export const orders = tableResource(
  {
    name: 'orders',
    one: 'order',
    many: 'orders',
    description: 'The Customers orders',
    fields,
    associations: rowsOf,
    shopOf: ({ tables }, { id }) => tables.orders.get(Number(id))?.id_shop ?? 0,
    save: (context, save) => (save.method === 'POST' ? create(context, save) : update(context, save)),
    // Its lines and its history stay, and so does the stock.
    remove: ({ tables }, id) => tables.orders.remove(id),
  },
  (tables) => tables.orders,
);

/** The state that the body asks for is not looked at: what the webservice sells is paid from afar. */
const create = async (context: Context, { values, cause }: Save): Promise<Saved> => {
  const cart = Number(values['id_cart']);
  if (context.tables.carts.get(cart) === undefined) return { kind: 'crashed' };
  const order = await createOrder(
    context,
    {
      cart,
      state: configuredNumber(context, 'PS_OS_WS_PAYMENT'),
      module: values['module'] ?? '',
      by: 'webservice',
      paid: values['total_paid'] ?? '0',
    },
    cause,
  );
  return { kind: 'saved', entity: entityOf(fields, order) };
};

/** Another `current_state` is a change of state with all it does. */
const update = async (context: Context, { id = 0, values, cause }: Save): Promise<Saved> => {
  const order = context.tables.orders.get(id);
  if (order === undefined) return { kind: 'crashed' };
  const { current_state: asked, id: _, date_upd: _upd, ...named } = columnsOf(fields, values);
  context.tables.orders.put({ ...order, ...onlyKnown(order, named), date_upd: context.clock.local() });
  const state = Number(asked ?? order.current_state);
  if (state !== order.current_state) {
    if (context.tables.states.get(state) === undefined) return { kind: 'crashed' };
    await changeState(context, { order: id, state, changer: 'webservice' }, cause);
  }
  const saved = context.tables.orders.get(id) ?? order;
  return { kind: 'saved', entity: entityOf(fields, saved) };
};

const onlyKnown = (row: object, named: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(Object.entries(named).filter(([name]) => name in row));
