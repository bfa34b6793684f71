import { isWanted, type MappedMeaning, meaningBy, type PaymentState, type StateOverrides } from '#channel-kit';
import { type Configuration, type OrderState, type stateNames } from '../../webservice/index.js';

/** The same as the shop itself says it: mapped is what it has configured, and not what flags alone say. */
export type ShopMeaning = MappedMeaning;

/** Where one id is configured for several, the last one holds: the ends of an order say more than its ways. */
const paymentByName: Readonly<Record<(typeof stateNames)[number], PaymentState>> = {
  PS_OS_CHEQUE: 'pending',
  PS_OS_BANKWIRE: 'pending',
  PS_OS_COD_VALIDATION: 'pending',
  PS_OS_OUTOFSTOCK_UNPAID: 'pending',
  PS_OS_PAYMENT: 'paid',
  PS_OS_WS_PAYMENT: 'paid',
  PS_OS_OUTOFSTOCK: 'paid',
  PS_OS_OUTOFSTOCK_PAID: 'paid',
  PS_OS_PREPARATION: 'paid',
  PS_OS_SHIPPING: 'paid',
  PS_OS_DELIVERED: 'paid',
  PS_OS_REFUND: 'refunded',
  PS_OS_ERROR: 'failed',
  PS_OS_CANCELED: 'cancelled',
};

/** Payment states by the ids that the shop has configured. */
export const configuredPayments = (rows: readonly Configuration[]): ReadonlyMap<number, PaymentState> =>
  new Map(
    Object.entries(paymentByName).flatMap(([name, payment]) =>
      rows.filter((row) => row.name === name && row.value !== '').map(({ value }) => [Number(value), payment] as const),
    ),
  );

/**
 * What the shop says of a state: by the meaning that it has configured for it, else by its flag `paid`. Goods have left
 * where the flag `shipped` says so. The flag `delivery` asks for a delivery slip, and is set while goods are being packed.
 */
export const shopMeaningOf = (payment: PaymentState | undefined, flags: OrderState | undefined): ShopMeaning => {
  const meant = payment ?? (flags?.paid === true ? 'paid' : 'pending');
  return { payment: meant, issued: isWanted(meant) && flags?.shipped === true, isMapped: payment !== undefined };
};

/** What a state means: as a person has said, else as the shop says, else it is one that somebody waits for. */
export const meaningOf = (
  stateId: number,
  inShop: ReadonlyMap<number, ShopMeaning>,
  overrides: StateOverrides,
): ShopMeaning => {
  const shop = inShop.get(stateId) ?? { payment: 'pending', issued: false, isMapped: false };
  return meaningBy(overrides, String(stateId), shop);
};
