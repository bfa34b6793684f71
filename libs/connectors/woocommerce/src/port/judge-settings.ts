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

/** What a person says of a shop; its key, the key's secret and that of its webhooks are given apart. */
export type WooCommerceSettings = {
  /** Address of the interface, with a slash at its end. */
  readonly url: string;
  /** Whether the key may travel in clear to another machine. */
  readonly allowHttp?: boolean;
  /** As the shop has it under Products, Inventory, Hold stock, for where its key may not read that. */
  readonly holdStockMinutes?: number;
  /** What statuses mean, by their names without `wc-`. */
  readonly states?: StateOverrides;
};

export type WooCommerceSettingsVerdict = { readonly kind: 'fit'; readonly settings: WooCommerceSettings } | Unfit;

const fields = ['url', 'allowHttp', 'holdStockMinutes', 'states'];

/** Nobody keeps units for an unpaid order longer than this. */
const holdMinutesMax = 43_200;

const holdUnfit = ({ holdStockMinutes: minutes = 0 }: Given): Unfit | undefined =>
  typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= 0 && minutes <= holdMinutesMax
    ? undefined
    : unfit('holdStockMinutes', `Give whole minutes, at most ${holdMinutesMax}, or leave it out.`);

const stateNames = {
  isName: (name: string) => /^(?!wc-)[a-z0-9][a-z0-9_-]{0,39}$/u.test(name),
  detail: 'Statuses are named as REST shows them, without wc-, such as "shipped".',
};

/** REST v3 of WooCommerce stands below the shop's address. */
const interfaceOf = (url: string): string =>
  `${url.replace(/\/+$/u, '').replace(/\/wp-json(?:\/wc(?:\/v3)?)?$/u, '')}/wp-json/wc/v3/`;

/**
 * Whether settings are fit for a port, and how it takes them: the address becomes that of the interface. It is not asked
 * whether the shop is there.
 */
export const judgeWooCommerceSettings = (given: Given): WooCommerceSettingsVerdict => {
  const wrong =
    strangerUnfit(given, fields) ??
    flagUnfit(given, 'allowHttp') ??
    urlUnfit(given) ??
    holdUnfit(given) ??
    statesUnfit(given, stateNames);
  if (wrong !== undefined) return wrong;
  const settings = given as WooCommerceSettings;
  return { kind: 'fit', settings: { ...settings, url: interfaceOf(settings.url) } };
};
