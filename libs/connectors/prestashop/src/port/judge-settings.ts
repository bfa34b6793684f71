import { type PaymentState } from '#channel-kit';
import { addressUnfit } from '#shop-http';
import { isWanted, type StateOverrides } from './description/state-meaning.js';
import { isId } from './ids.js';

/** What a person says of a shop; its key and the module's secret are given apart. */
export type PrestashopSettings = {
  /** Address of the webservice, with a slash at its end. */
  readonly url: string;
  /** Whether the key may travel in clear to another machine. */
  readonly allowHttp?: boolean;
  readonly shopId?: number;
  readonly states?: StateOverrides;
  readonly cancelledStateId?: number;
};

export type PrestashopSettingsVerdict =
  | { readonly kind: 'fit'; readonly settings: PrestashopSettings }
  /** `field`: which one, `states.14.payment`. `detail`: what is wrong, and what to do. */
  | { readonly kind: 'unfit'; readonly field: string; readonly detail: string };

type Given = Readonly<Record<string, unknown>>;
type Unfit = Extract<PrestashopSettingsVerdict, { kind: 'unfit' }>;

/** A shop has twenty states; some modules bring a dozen. */
const statesMax = 200;
const fields = ['url', 'allowHttp', 'shopId', 'states', 'cancelledStateId'];

const isPayment: Readonly<Record<PaymentState, true>> = {
  pending: true,
  paid: true,
  failed: true,
  cancelled: true,
  refunded: true,
  trashed: true,
};

const unfit = (field: string, detail: string): Unfit => ({ kind: 'unfit', field, detail });

const isRecord = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strangerIn = (given: Given, known: readonly string[]): string | undefined =>
  Object.keys(given).find((name) => !known.includes(name));

const urlUnfit = ({ url, allowHttp }: Given): Unfit | undefined => {
  const detail = addressUnfit(url, allowHttp === true);
  return detail === undefined ? undefined : unfit('url', detail);
};

const isIdNumber = (value: unknown): boolean => typeof value === 'number' && isId(String(value));

const idUnfit = (given: Given, field: string, what: string): Unfit | undefined =>
  given[field] === undefined || isIdNumber(given[field])
    ? undefined
    : unfit(field, `Give the id of ${what} as a number, or leave it out.`);

const stateUnfit = (id: string, value: unknown): Unfit | undefined => {
  const field = `states.${id}`;
  if (!isId(id)) return unfit(field, 'States are named by their ids in the shop, such as "14".');
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

const statesUnfit = ({ states = {}, cancelledStateId }: Given): Unfit | undefined => {
  if (!isRecord(states)) return unfit('states', 'Give an object: state ids, and what each of them means.');
  const all = Object.entries(states);
  if (all.length > statesMax) return unfit('states', `At most ${statesMax} states.`);
  const wrong = all.map(([id, value]) => stateUnfit(id, value)).find((one) => one !== undefined);
  if (wrong !== undefined) return wrong;
  const cancelled = (states as StateOverrides)[String(cancelledStateId)];
  return cancelled === undefined || cancelled.payment === 'cancelled'
    ? undefined
    : unfit('cancelledStateId', 'States say that this one is not cancelled: change one of the two.');
};

const flagUnfit = ({ allowHttp }: Given): Unfit | undefined =>
  allowHttp === undefined || typeof allowHttp === 'boolean'
    ? undefined
    : unfit('allowHttp', 'Say true or false, or leave it out.');

const strangerUnfit = (given: Given): Unfit | undefined => {
  const stranger = strangerIn(given, fields);
  return stranger === undefined
    ? undefined
    : unfit(
        stranger.slice(0, 64),
        `There is no such setting: it is one of ${fields.join(', ')}. Secrets are given apart.`,
      );
};

/** The webservice stands in the shop's folder `api`. */
const webserviceOf = (url: string): string => `${url.replace(/\/+$/u, '').replace(/\/api$/u, '')}/api/`;

/**
 * Whether settings are fit for a port, and how it takes them: the address becomes that of the webservice. It is not asked
 * whether the shop is there.
 */
export const judgePrestashopSettings = (given: Given): PrestashopSettingsVerdict => {
  const wrong =
    strangerUnfit(given) ??
    flagUnfit(given) ??
    urlUnfit(given) ??
    idUnfit(given, 'shopId', 'the shop') ??
    idUnfit(given, 'cancelledStateId', 'the state') ??
    statesUnfit(given);
  if (wrong !== undefined) return wrong;
  const settings = given as PrestashopSettings;
  return { kind: 'fit', settings: { ...settings, url: webserviceOf(settings.url) } };
};
