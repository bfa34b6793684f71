import { type ShopView } from '../../src/index.js';
import { orderRecorded, type RecordedOrder } from './creations.js';
import { orderOf } from './rebuilt-order.js';
import { givenOf, type RecordedCase } from './recorded-case.js';
import { type RecordedStep, stepOf } from './step.js';

type TransitionNotes = { readonly current_state: number; readonly 'new order_history rows': number };

const line = { product: '6-0', quantity: 3 };

/** Between two standard states: the states of both readings and the number of new history rows were recorded. */
const standard = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  const notes = one.notes as Partial<TransitionNotes> | null;
  const { current_state: now, 'new order_history rows': rows } = notes ?? {};
  const given = givenOf(one);
  if (now === undefined || rows === undefined) return undefined;
  const from = Number(given['order created in']);
  const lines = [{ product: String(given['product']), quantity: Number(given['qty']) }];
  const states = [from, ...Array.from({ length: rows }, () => now)];
  return stepOf(one, 'state', { shop, before: orderOf([from], lines), after: orderOf(states, lines) });
};

/** To or from a custom state: the recording kept the HTTP status alone, the two states stand in the name. */
const custom = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  const [, from, to] = /^custom-state-(\d+)-(\d+)$/u.exec(one.name) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const states = [Number(from), Number(to)];
  return stepOf(one, 'state', { shop, before: orderOf(states.slice(0, 1), [line]), after: orderOf(states, [line]) });
};

/** A customer's return and its states are no part of the order: both readings of it are the same. */
const customerReturn = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  if (!one.name.startsWith('customer-return')) return undefined;
  const notes = one.notes as RecordedOrder | { readonly detail: unknown };
  const order = 'hist' in notes ? orderRecorded(notes) : orderOf([2, 5], [line]);
  return stepOf(one, 'edit', { shop, before: order, after: order });
};

export const transitions = (one: RecordedCase, shop: ShopView): readonly RecordedStep[] | undefined => {
  const step = standard(one, shop) ?? custom(one, shop) ?? customerReturn(one, shop);
  return step === undefined ? undefined : [step];
};
