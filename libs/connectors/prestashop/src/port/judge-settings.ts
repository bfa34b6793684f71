import {
  flagUnfit,
  type Given,
  type StateOverrides,
  statesUnfit,
  strangerUnfit,
  type Unfit,
  unfit,
} from '#channel-kit';
import { urlUnfit } from '#shop-http';
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

export type PrestashopSettingsVerdict = { readonly kind: 'fit'; readonly settings: PrestashopSettings } | Unfit;

const fields = ['url', 'allowHttp', 'shopId', 'states', 'cancelledStateId'];

const isIdNumber = (value: unknown): boolean => typeof value === 'number' && isId(String(value));

const idUnfit = (given: Given, field: string, what: string): Unfit | undefined =>
  given[field] === undefined || isIdNumber(given[field])
    ? undefined
    : unfit(field, `Give the id of ${what} as a number, or leave it out.`);

const stateNames = { isName: isId, detail: 'States are named by their ids in the shop, such as "14".' };

/** Of states that are fit. */
const cancelledUnfit = ({ states = {}, cancelledStateId }: Given): Unfit | undefined => {
  const cancelled = (states as StateOverrides)[String(cancelledStateId)];
  return cancelled === undefined || cancelled.payment === 'cancelled'
    ? undefined
    : unfit('cancelledStateId', 'States say that this one is not cancelled: change one of the two.');
};

/** The webservice stands in the shop's folder `api`. */
const webserviceOf = (url: string): string => `${url.replace(/\/+$/u, '').replace(/\/api$/u, '')}/api/`;

/**
 * Whether settings are fit for a port, and how it takes them: the address becomes that of the webservice. It is not asked
 * whether the shop is there.
 */
export const judgePrestashopSettings = (given: Given): PrestashopSettingsVerdict => {
  const wrong =
    strangerUnfit(given, fields) ??
    flagUnfit(given, 'allowHttp') ??
    urlUnfit(given) ??
    idUnfit(given, 'shopId', 'the shop') ??
    idUnfit(given, 'cancelledStateId', 'the state') ??
    statesUnfit(given, stateNames) ??
    cancelledUnfit(given);
  if (wrong !== undefined) return wrong;
  const settings = given as PrestashopSettings;
  return { kind: 'fit', settings: { ...settings, url: webserviceOf(settings.url) } };
};
