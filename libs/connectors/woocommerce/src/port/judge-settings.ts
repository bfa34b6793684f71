import { wholeUnfit } from '#channel-kit';
import { judgeBy, type SettingsVerdict, type ShopSettings } from '#shop-http';

/** What a person says of a shop; its key, the key's secret and that of its webhooks are given apart. */
export type WooCommerceSettings = ShopSettings & {
  /** As the shop has it under Products, Inventory, Hold stock, for where its key may not read that. */
  readonly holdStockMinutes?: number;
};

export type WooCommerceSettingsVerdict = SettingsVerdict<WooCommerceSettings>;

/** Nobody keeps units for an unpaid order longer than this. */
const holdMinutesMax = 43_200;

/** Whether settings are fit for a port, and how it takes them. */
export const judgeWooCommerceSettings = judgeBy<WooCommerceSettings>({
  own: { holdStockMinutes: (given) => wholeUnfit(given, 'holdStockMinutes', 'minutes', holdMinutesMax) },
  stateNames: {
    isName: (name) => /^(?!wc-)[a-z0-9][a-z0-9_-]{0,39}$/u.test(name),
    detail: 'Statuses are named as REST shows them, without wc-, such as "shipped".',
  },
  // REST v3 of WooCommerce stands below the shop's address.
  interfaceOf: (url) => `${url.replace(/\/wp-json(?:\/wc(?:\/v3)?)?$/u, '')}/wp-json/wc/v3/`,
});
