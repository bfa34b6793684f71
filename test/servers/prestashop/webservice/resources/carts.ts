import type { Context } from '../../shop/context.js';
import type { Association, Entity, Save, Saved } from '../types.js';
import { childOf, childrenOf, type XmlNode } from '../xml.js';
import { entityOf } from './entity.js';
import { constants, int, text } from './fields.js';
import { tableResource } from './table-resource.js';

/** A part of the real fields. */
const fields = [
  int('id_address_delivery', { link: 'addresses' }),
  ...constants(['id_currency'], 1, 'int').map((field) => ({ ...field, link: 'currencies', required: true as const })),
  int('id_customer', { link: 'customers' }),
  ...constants(['id_lang'], 1, 'int').map((field) => ({ ...field, link: 'languages', required: true as const })),
  ...constants(['id_shop_group'], 1, 'int'),
  int('id_shop'),
  text('date_add'),
  text('date_upd'),
];

const lineFields = [
  int('id_product', { link: 'products' }),
  int('id_product_attribute', { link: 'combinations' }),
  int('quantity'),
];

export const carts = tableResource(
  {
    name: 'carts',
    one: 'cart',
    many: 'carts',
    description: "Customer's carts",
    fields,
    associations: ({ tables }: Context, { id }: Entity): readonly Association[] => [
      { name: 'cart_rows', one: 'cart_row', fields: lineFields, rows: tables.carts.get(Number(id))?.lines ?? [] },
    ],
    save: (context, save) => Promise.resolve(create(context, save)),
  },
  (tables) => tables.carts,
);

const create = (context: Context, { values, node, method }: Save): Saved => {
  if (method !== 'POST') return { kind: 'crashed' };
  const now = context.clock.local();
  const cart = context.tables.carts.insert({
    id_shop: Number(values['id_shop'] ?? 1),
    id_customer: Number(values['id_customer'] ?? 0),
    id_address_delivery: Number(values['id_address_delivery'] ?? 0),
    lines: linesIn(node),
    date_add: now,
    date_upd: now,
  });
  return { kind: 'saved', entity: entityOf(fields, cart) };
};

const linesIn = (node: XmlNode) =>
  childrenOf(childOf(childOf(node, 'associations'), 'cart_rows'), 'cart_row').map((row) => ({
    id_product: Number(childOf(row, 'id_product')?.text),
    id_product_attribute: Number(childOf(row, 'id_product_attribute')?.text ?? 0),
    quantity: Number(childOf(row, 'quantity')?.text),
  }));
