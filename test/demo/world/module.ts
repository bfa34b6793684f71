import type { CartRow, ShopModule, Stop } from '../../servers/prestashop/index.js';
import { putTo, type Service } from '../ledger/http.js';

export type ModuleParts = {
  readonly channel: string;
  readonly ledger: Service;
  readonly skuOf: (product: number) => string;
  /** The cart's order, where it has one already. */
  readonly orderOf: (cart: number) => number | undefined;
  /** Tells of an order, as the module's messages do. */
  readonly hint: (order: number) => void;
};

/** A shopper waits no longer than this. */
const askMillisMax = 5_000;

const soldOut: Stop = { kind: 'cart', message: 'Sold out meanwhile' };

/** Whether the ledger holds the cart's units. Without an answer they are not held. */
const ask = async ({ channel, ledger, skuOf }: ModuleParts, cart: CartRow): Promise<boolean> => {
  const lines = cart.lines.map(({ id_product: product, quantity }) => ({
    ...{ sku: skuOf(product), quantity, listing: String(product) },
  }));
  const path = `/v1/reservations/${channel}/${cart.id_shop}-${cart.id}`;
  const answer = await putTo(ledger, path, { lines }, AbortSignal.timeout(askMillisMax)).catch(() => undefined);
  return answer?.status === 200;
};

/**
 * What the module in the shop does, in few lines: the cart's units are held when the payment step is shown, and once more
 * before the order is written. A cart that has its order already is led there. Where the ledger does not answer, this one turns
 * the shopper back; the module sells instead unless it is told otherwise, and the demo is not about that.
 */
export const holdingModule = (parts: ModuleParts): ShopModule => {
  const hold = async (cart: CartRow): Promise<Stop | undefined> => ((await ask(parts, cart)) ? undefined : soldOut);
  return {
    onPaymentStep: hold,
    beforeOrder: async (cart, { point }) => {
      if (point === 'request') return undefined;
      const order = parts.orderOf(cart.id);
      return order === undefined ? hold(cart) : { kind: 'confirmation', order };
    },
    outbox: ({ hook, order }) => {
      if (hook === 'actionValidateOrderAfter') parts.hint(order);
    },
  };
};
