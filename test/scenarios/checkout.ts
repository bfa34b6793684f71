import type { CartRow, Page, ShopModule, Stop } from '../servers/prestashop/index.js';
import { createShopper } from '../servers/prestashop/index.js';
import { listingIn, skuOf, states, type Street } from './town.js';

/* What the module does in a shop's checkout, on a stage: a wait for the ledger takes time of the stage, and no other. */

/** As the module has them. */
const askMillisMax = 300;
const failuresMax = 5;
const pauseMillis = 30_000;
const holdMillis = 960_000;
const lockLookMillis = 10;
/** A question to the ledger and its answer, where there is one. */
const answerMillis = 20;

/** Units that the ledger did not give, by its own numbers. */
export type Refusal = { readonly cart: number; readonly requested: number; readonly available: number };

export type Checkout = {
  readonly module: ShopModule;
  readonly refusals: readonly Refusal[];
  /** How long each request of a shopper waited for the ledger. */
  readonly waits: readonly number[];
  /** Questions that were sent, answered or not. */
  readonly asked: () => number;
  /** From now on the ledger answers, or does not. */
  readonly answers: (isSo: boolean) => void;
};

/** One request at a time for each cart. */
const cartLocks = ({ scene: { stage } }: Street) => {
  const taken = new Set<number>();
  return {
    take: async (cart: number): Promise<void> => {
      while (taken.has(cart)) await stage.rest(lockLookMillis);
      taken.add(cart);
    },
    leave: (cart: number): void => void taken.delete(cart),
  };
};

/** Nobody is asked while it is open. */
const createBreaker = (now: () => number) => {
  let [failures, openUntil] = [0, 0];
  return {
    admits: (): boolean => failures < failuresMax || now() >= openUntil,
    answered: (): void => void (failures = 0),
    failed: (): void => {
      failures += 1;
      if (failures >= failuresMax) openUntil = now() + pauseMillis;
    },
  };
};

const soldOut: Stop = { kind: 'cart', message: 'Sold out meanwhile' };

/** Holds at the payment step and again before the order; sells where the ledger does not answer. */
export const createCheckout = (street: Street): Checkout => {
  const { shop, scene, hold } = street;
  const { stage } = scene;
  const [refusals, waits]: [Refusal[], number[]] = [[], []];
  const breaker = createBreaker(stage.millis);
  const locks = cartLocks(street);
  let [asked, isAnswering] = [0, true];
  const ask = async ({ id, id_shop, lines: [line] }: CartRow): Promise<Stop | undefined> => {
    if (line === undefined || !breaker.admits()) return undefined;
    asked += 1;
    await stage.rest(isAnswering ? answerMillis : askMillisMax);
    if (!isAnswering) {
      breaker.failed();
      return undefined;
    }
    breaker.answered();
    const answer = await hold(shop, `${id_shop}-${id}`, skuOf(shop, line), line.quantity, holdMillis);
    if (answer.kind === 'held') return undefined;
    if (answer.kind !== 'not_held' || answer.failure.kind !== 'refused') throw new Error(JSON.stringify(answer));
    const { refusal } = answer.failure;
    if (refusal.code !== 'insufficient') throw new Error(JSON.stringify(refusal));
    refusals.push({ cart: id, requested: refusal.requested, available: refusal.available });
    return soldOut;
  };
  const waited = async (cart: CartRow): Promise<Stop | undefined> => {
    const from = stage.millis();
    const stop = await ask(cart);
    waits.push(stage.millis() - from);
    return stop;
  };
  return {
    ...{ refusals, waits, asked: () => asked, answers: (isSo) => void (isAnswering = isSo) },
    module: {
      onPaymentStep: waited,
      beforeOrder: async (cart, { point }) => {
        if (point === 'request') await locks.take(cart.id);
        const [order] = shop.server.shop.tables.orders.where(cart.id);
        if (order !== undefined) return { kind: 'confirmation', order: order.id };
        return point === 'request' ? undefined : waited(cart);
      },
      afterPayment: ({ id }) => locks.leave(id),
      outbox: ({ order }) => {
        // A message comes twice.
        for (const again of [order, order]) scene.hint(shop.channel, [String(again)]);
      },
    },
  };
};

/** Fills a cart, as the page allows. @returns the cart; undefined where the page says that there are not as many */
export const fillCart = ({ shop }: Street, sku: string, quantity = 1): number | undefined => {
  const shopper = createShopper({ context: shop.server.shop.context });
  const { cart, page } = shopper.addToCart({ ...listingIn(shop, sku).sellable, quantity });
  return page.kind === 'shown' ? cart : undefined;
};

/** From the cart to the payment step, and on to the bank. */
const thinkMillis = 1_000;

/**
 * The payment step, and then so many posts of the payment at one moment.
 * @param tell where each request ended
 */
export const goAndPay = (street: Street, cart: number, posts: number, tell: (page: Page) => void): void => {
  const { shop, scene } = street;
  const shopper = createShopper({ context: shop.server.shop.context });
  scene.stage.play(`the checkout of cart ${cart}`, async () => {
    const step = await shopper.checkoutStep(cart, 'payment');
    if (step.kind !== 'shown') return tell(step);
    await scene.stage.rest(thinkMillis);
    for (let post = 0; post < posts; post += 1)
      scene.stage.play(`a payment of cart ${cart}`, async () => tell(await shopper.pay({ cart, state: states.wire })));
  });
};
