import type { Version } from '../../versions.js';
import type { StateRow } from '../rows.js';

type Flags = Partial<Omit<StateRow, 'id' | 'name' | 'template' | 'module_name' | 'color'>>;

const blue = '#3498D8';
const green = '#01B887';
const violet = '#34209E';

const state = (id: number, name: string, color: string, template: string, flags: Flags = {}): StateRow => ({
  id,
  name,
  color,
  template,
  module_name: '',
  logable: 0,
  shipped: 0,
  paid: 0,
  delivery: 0,
  invoice: 0,
  send_email: template === '' ? 0 : 1,
  pdf_invoice: 0,
  ...flags,
});

const sold = { logable: 1, paid: 1, invoice: 1 };
const sent = { ...sold, delivery: 1, shipped: 1 };

const everywhere: readonly StateRow[] = [
  { ...state(1, 'Awaiting check payment', violet, 'cheque'), module_name: 'ps_checkpayment' },
  state(2, 'Payment accepted', blue, 'payment', { ...sold, pdf_invoice: 1 }),
  state(3, 'Processing in progress', blue, 'preparation', { ...sold, delivery: 1 }),
  state(4, 'Shipped', green, 'shipped', sent),
  state(5, 'Delivered', green, '', sent),
  state(6, 'Canceled', '#2C3E50', 'order_canceled'),
  state(7, 'Refunded', green, 'refund', { invoice: 1 }),
  state(8, 'Payment error', '#E74C3C', 'payment_error'),
  state(9, 'On backorder (paid)', blue, 'outofstock', { paid: 1, invoice: 1 }),
  { ...state(10, 'Awaiting bank wire payment', violet, 'bankwire'), module_name: 'ps_wirepayment' },
  state(11, 'Remote payment accepted', blue, 'payment', sold),
  state(12, 'On backorder (not paid)', violet, 'outofstock'),
  {
    ...state(13, 'Awaiting Cash On Delivery validation', violet, 'cashondelivery', { send_email: 0 }),
    module_name: 'ps_cashondelivery',
  },
];

const ofCheckoutModule = (id: number, name: string, color: string): StateRow => ({
  ...state(id, name, color, ''),
  module_name: 'ps_checkout',
});

const since9: readonly StateRow[] = [
  ofCheckoutModule(14, 'Waiting for payment', violet),
  ofCheckoutModule(15, 'Partial refund', green),
  ofCheckoutModule(16, 'Partial payment', blue),
  ofCheckoutModule(17, 'Authorized. To be captured by merchant', blue),
  ofCheckoutModule(18, 'Authorization voided', '#DC143C'),
];

/** The states of a new shop, with the ids that it gives them. */
export const statesOf = (version: Version): readonly StateRow[] =>
  version === '9.1' ? [...everywhere, ...since9] : everywhere;
