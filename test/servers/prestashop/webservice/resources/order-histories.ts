import type { Context } from '../../shop/context.js';
import { changeState } from '../../shop/states.js';
import type { Save, Saved } from '../types.js';
import { entityOf } from './entity.js';
import { int, text } from './fields.js';
import { tableResource } from './table-resource.js';

const fields = [
  int('id_employee', { link: 'employees' }),
  int('id_order_state', { link: 'order_states', required: true }),
  int('id_order', { link: 'orders', required: true }),
  text('date_add'),
];

export const orderHistories = tableResource(
  {
    name: 'order_histories',
    one: 'order_history',
    many: 'order_histories',
    description: 'The Order histories',
    fields,
    save: (context, save) => enter(context, save),
    // The order keeps the state that the row had brought.
    remove: ({ tables }, id) => tables.histories.remove(id),
  },
  (tables) => tables.histories,
);

/** A new row is a change of state with all it does; what does not exist is an error that nobody caught. */
const enter = async (context: Context, { values, method, cause }: Save): Promise<Saved> => {
  const order = Number(values['id_order']);
  const state = Number(values['id_order_state']);
  const { orders, states } = context.tables;
  if (method !== 'POST' || orders.get(order) === undefined || states.get(state) === undefined) {
    return { kind: 'crashed' };
  }
  const { history } = await changeState(context, { order, state, changer: 'webservice' }, cause);
  if (history === undefined) return { kind: 'crashed' };
  return { kind: 'saved', entity: { ...entityOf(fields, history), id_employee: values['id_employee'] ?? null } };
};
