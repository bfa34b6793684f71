import { type ShopView } from '../effects/index.js';
import { type Configuration, type configurationNames, malformedAnswer, type Outcome } from '../webservice/index.js';

export type Settings = Pick<ShopView, 'cancelledStateId' | 'errorStateId' | 'packStockTypeDefault'>;

type Name = (typeof configurationNames)[number];

/** The one value of a setting. Where shops of one installation differ in it there is no one value. */
const valueOf = (rows: readonly Configuration[], name: Name): string | undefined => {
  const values = new Set(rows.filter((row) => row.name === name).map(({ value }) => value));
  return values.size === 1 ? [...values][0] : undefined;
};

const stateIdOf = (rows: readonly Configuration[], name: Name): number | undefined => {
  const value = valueOf(rows, name) ?? '';
  return /^[1-9]\d{0,9}$/u.test(value) ? Number(value) : undefined;
};

const packStockTypes = [0, 1, 2] as const;

/** The settings on which the shop's local effects depend. Without them nothing can be expected of any row. */
export const settingsIn = (rows: readonly Configuration[]): Outcome<Settings> => {
  const cancelledStateId = stateIdOf(rows, 'PS_OS_CANCELED');
  if (cancelledStateId === undefined) return malformedAnswer('PS_OS_CANCELED is not one state');
  const errorStateId = stateIdOf(rows, 'PS_OS_ERROR');
  if (errorStateId === undefined) return malformedAnswer('PS_OS_ERROR is not one state');
  const type = valueOf(rows, 'PS_PACK_STOCK_TYPE');
  const packStockTypeDefault = packStockTypes.find((one) => String(one) === type);
  if (packStockTypeDefault === undefined) return malformedAnswer('PS_PACK_STOCK_TYPE is not one of 0, 1 and 2');
  return { kind: 'ok', value: { cancelledStateId, errorStateId, packStockTypeDefault } };
};
