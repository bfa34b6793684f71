import { type Given, type StateOverrides, type Unfit, unfit } from '#channel-kit';
import { judgeBy, type SettingsVerdict, type ShopSettings } from '#shop-http';
import { isId } from './ids.js';

/** What a person says of a shop; its key and the module's secret are given apart. */
export type PrestashopSettings = ShopSettings & { readonly shopId?: number; readonly cancelledStateId?: number };

export type PrestashopSettingsVerdict = SettingsVerdict<PrestashopSettings>;

const isIdNumber = (value: unknown): boolean => typeof value === 'number' && isId(String(value));

const idUnfit =
  (field: string, what: string) =>
  (given: Given): Unfit | undefined =>
    given[field] === undefined || isIdNumber(given[field])
      ? undefined
      : unfit(field, `Give the id of ${what} as a number, or leave it out.`);

/** Of states that are fit. */
const cancelledUnfit = ({ states = {}, cancelledStateId }: Given): Unfit | undefined => {
  const cancelled = (states as StateOverrides)[String(cancelledStateId)];
  return cancelled === undefined || cancelled.payment === 'cancelled'
    ? undefined
    : unfit('cancelledStateId', 'States say that this one is not cancelled: change one of the two.');
};

/** Whether settings are fit for a port, and how it takes them. */
export const judgePrestashopSettings = judgeBy<PrestashopSettings>({
  own: { shopId: idUnfit('shopId', 'the shop'), cancelledStateId: idUnfit('cancelledStateId', 'the state') },
  stateNames: { isName: isId, detail: 'States are named by their ids in the shop, such as "14".' },
  together: cancelledUnfit,
  // The webservice stands in the shop's folder `api`.
  interfaceOf: (url) => `${url.replace(/\/api$/u, '')}/api/`,
});
