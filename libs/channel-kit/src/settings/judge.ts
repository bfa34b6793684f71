import type { PaymentState } from '../port/order-snapshot.js';
import { isWanted } from './states.js';

/** Settings of a shop as a person gave them. */
export type Given = Readonly<Record<string, unknown>>;

/** `field`: which one, `states.14.payment`. `detail`: what is wrong, and what to do. */
export type Unfit = { readonly kind: 'unfit'; readonly field: string; readonly detail: string };

export const unfit = (field: string, detail: string): Unfit => ({ kind: 'unfit', field, detail });

const isPayment: Readonly<Record<PaymentState, true>> = {
  pending: true,
  paid: true,
  failed: true,
  cancelled: true,
  refunded: true,
  trashed: true,
};

/** A shop has ten to twenty states; some plugins bring a dozen. */
const statesMax = 200;

const isRecord = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strangerIn = (given: Given, known: readonly string[]): string | undefined =>
  Object.keys(given).find((name) => !known.includes(name));

/** A setting that does not exist. */
export const strangerUnfit = (given: Given, fields: readonly string[]): Unfit | undefined => {
  const stranger = strangerIn(given, fields);
  return stranger === undefined
    ? undefined
    : unfit(
        stranger.slice(0, 64),
        `There is no such setting: it is one of ${fields.join(', ')}. Secrets are given apart.`,
      );
};

/** A setting that is neither true nor false. */
export const flagUnfit = (given: Given, field: string): Unfit | undefined =>
  given[field] === undefined || typeof given[field] === 'boolean'
    ? undefined
    : unfit(field, 'Say true or false, or leave it out.');

/** A setting that is no whole number from 0 up to the most. @param unit what it counts, `minutes` */
export const wholeUnfit = (given: Given, field: string, unit: string, most: number): Unfit | undefined => {
  const { [field]: value = 0 } = given;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
    ? undefined
    : unfit(field, `Give whole ${unit}, at most ${most}, or leave it out.`);
};

/** How states are named in the shop, and what to say where one is not. */
export type StateNames = { readonly isName: (name: string) => boolean; readonly detail: string };

const stateUnfit = (name: string, value: unknown, names: StateNames): Unfit | undefined => {
  const field = `states.${name.slice(0, 64)}`;
  if (!names.isName(name)) return unfit(field, names.detail);
  if (!isRecord(value) || strangerIn(value, ['payment', 'issued']) !== undefined)
    return unfit(field, 'Say payment and, where you know better than the shop, issued.');
  const { payment, issued } = value;
  if (typeof payment !== 'string' || !Object.hasOwn(isPayment, payment))
    return unfit(`${field}.payment`, `Say one of ${Object.keys(isPayment).join(', ')}.`);
  if (issued !== undefined && typeof issued !== 'boolean')
    return unfit(`${field}.issued`, 'Say true where the goods have left, or leave it out.');
  return issued === true && !isWanted(payment as PaymentState)
    ? unfit(`${field}.issued`, 'Goods leave in a state that is pending or paid: leave issued out.')
    : undefined;
};

/** What is wrong with meanings of states; left out they are fit. */
export const statesUnfit = ({ states = {} }: Given, names: StateNames): Unfit | undefined => {
  if (!isRecord(states)) return unfit('states', 'Give an object: names of states, and what each of them means.');
  const all = Object.entries(states);
  if (all.length > statesMax) return unfit('states', `At most ${statesMax} states.`);
  return all.map(([name, value]) => stateUnfit(name, value, names)).find((one) => one !== undefined);
};
