import type { CartRow, ShopModule, Stop } from '../../servers/prestashop/index.js';
import { hold, type HeldLine, type HoldingDesk } from './hold.js';

export type ModuleParts = HoldingDesk & {
  readonly skuOf: (product: number) => string;
  /** The cart's order, where it has one already. */
  readonly orderOf: (cart: number) => number | undefined;
  /** Tells of an order, as the module's messages do. */
  readonly hint: (order: number) => void;
};

const soldOut: Stop = { kind: 'cart', message: 'Sold out meanwhile' };

const linesOf = ({ skuOf }: ModuleParts, { lines }: CartRow): readonly HeldLine[] =>
  lines.map(({ id_product: product, quantity }) => ({ sku: skuOf(product), quantity, listing: String(product) }));

/**
 * What the module in the shop does, in few lines: the cart's units are held when the payment step is shown, and once more
 * before the order is written. A cart that has its order already is led there. Where the ledger does not answer, this one turns
 * the shopper back; the module sells instead unless it is told otherwise, and the demo is not about that.
 */
export const holdingModule = (parts: ModuleParts): ShopModule => {
  const askFor = async (cart: CartRow): Promise<Stop | undefined> =>
    (await hold(parts, `${cart.id_shop}-${cart.id}`, linesOf(parts, cart))) ? undefined : soldOut;
  return {
    onPaymentStep: askFor,
    beforeOrder: async (cart, { point }) => {
      if (point === 'request') return undefined;
      const order = parts.orderOf(cart.id);
      return order === undefined ? askFor(cart) : { kind: 'confirmation', order };
    },
    outbox: ({ hook, order }) => {
      if (hook === 'actionValidateOrderAfter') parts.hint(order);
    },
  };
};
