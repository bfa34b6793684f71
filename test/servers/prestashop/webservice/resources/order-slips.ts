import type { Context } from '../../shop/context.js';
import type { Association, Entity, Field, Save, Saved } from '../types.js';
import { childOf, childrenOf, type XmlNode } from '../xml.js';
import { entityOf } from './entity.js';
import { constants, int, text } from './fields.js';
import { tableResource } from './table-resource.js';

const zero = '0.000000';

const isRequired = (field: Field) => ({ ...field, required: true as const });

const fields = [
  int('id_customer', { link: 'customers', required: true }),
  int('id_order', { link: 'orders', required: true }),
  ...constants(['conversion_rate'], '1.000000').map(isRequired),
  ...constants(['total_products_tax_excl', 'total_products_tax_incl'], zero).map(isRequired),
  ...constants(['total_shipping_tax_excl', 'total_shipping_tax_incl'], zero).map(isRequired),
  ...constants(['amount'], zero),
  ...constants(['shipping_cost'], 0, 'bool'),
  ...constants(['shipping_cost_amount'], zero),
  int('partial'),
  text('date_add'),
  text('date_upd'),
  ...constants(['order_slip_type'], 0, 'int'),
];

const lineFields = [
  int('id'),
  int('id_order_detail', { link: 'order_details' }),
  int('product_quantity'),
  text('amount_tax_excl'),
  text('amount_tax_incl'),
];

const linesOf = ({ tables }: Context, { id }: Entity): readonly Association[] => {
  const rows = (tables.slips.get(Number(id))?.lines ?? []).map((line) => ({
    ...line,
    // The line has no id of its own.
    id: Number(id),
    amount_tax_excl: zero,
    amount_tax_incl: zero,
  }));
  return [{ name: 'order_slip_details', one: 'order_slip_detail', fields: lineFields, rows }];
};

export const orderSlips = tableResource(
  {
    name: 'order_slip',
    one: 'order_slip',
    many: 'order_slips',
    description: 'The Order slips',
    fields,
    associations: linesOf,
    save: (context, save) => Promise.resolve(create(context, save)),
  },
  (tables) => tables.slips,
);

/** A slip and nothing else: neither stock nor counters. */
const create = (context: Context, { values, node, method }: Save): Saved => {
  if (method !== 'POST') return { kind: 'crashed' };
  const now = context.clock.local();
  const slip = context.tables.slips.insert({
    id_customer: Number(values['id_customer']),
    id_order: Number(values['id_order']),
    partial: Number(values['partial'] ?? 0),
    lines: linesIn(node),
    date_add: now,
    date_upd: now,
  });
  return { kind: 'saved', entity: entityOf(fields, slip) };
};

const linesIn = (node: XmlNode) =>
  childrenOf(childOf(childOf(node, 'associations'), 'order_slip_details'), 'order_slip_detail').map((line) => ({
    id_order_detail: Number(childOf(line, 'id_order_detail')?.text),
    product_quantity: Number(childOf(line, 'product_quantity')?.text),
  }));
