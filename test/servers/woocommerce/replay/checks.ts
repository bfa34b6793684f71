import { expect } from 'vitest';
import type { Shop } from '../shop/shop.js';
import { begin, offer, playStory, recordedOf, scaledStock, stateOf, withoutDate, type Scale } from './play.js';
import { cases, storiesOf, type CheckedOut, type Created, type Story, type Transition } from './recordings.js';

export const recorded = cases();
export const stories: readonly Story[] = [recorded.edit, recorded.delete, recorded.admin].flatMap(storiesOf);
/** A status that the shop does not know is refused by REST, before there is an order. */
export const created = recorded.create.create.filter(([, , after]) => typeof after === 'string');

/** Plays a case in a shop, which may have seen others before. */
export type Check = { readonly name: string; readonly play: (shop: Shop, scale: Scale) => Promise<void> };

const transition = (name: string, shown: Transition): Check => ({
  name,
  play: async (shop, scale) => {
    const [from = '', to = ''] = name.split('->');
    const statuses = from.endsWith('*') ? ['processing', from.slice(0, -1)] : [from];
    const { order, product } = await begin(shop, scale, ...statuses);
    const [before, flag] = [shop.product(product).stock, stateOf(shop, order, scale)?.reduced];
    const dated = shop.order(order)?.modifiedAt;
    await shop.updateOrder(order, { status: to });
    const state = stateOf(shop, order, scale);
    const after = [shop.product(product).stock, flag, state?.reduced, state?.item['_reduced_stock'] ?? null];
    const [stockBefore, stockAfter, flagBefore, flagAfter, taken, , status, moved] = shown;
    expect([before, ...after]).toEqual([
      ...[scaledStock(stockBefore, scale), scaledStock(stockAfter, scale)],
      ...[flagBefore, flagAfter, taken],
    ]);
    expect([shop.order(order)?.status, shop.order(order)?.modifiedAt !== dated]).toEqual([status, moved]);
  },
});

const creation = ([status, setPaid, after, stock, state]: Created): Check => ({
  name: `${status} ${setPaid === true ? 'paid' : 'unpaid'}`,
  play: async (shop, scale) => {
    const { product, factor } = offer(shop, scale);
    const lines = [{ product, quantity: 3 * factor }];
    const order = await shop.createOrder({ lines, ...(status !== null && { status }), setPaid: setPaid === true });
    expect([order.status, shop.product(product).stock]).toEqual([after, scaledStock(stock ?? 0, scale)]);
    expect(stateOf(shop, order.id, scale)).toEqual(state);
  },
});

const purchase = ([checkout, gateway, , , stock, state]: CheckedOut): Check => ({
  name: `${checkout} ${gateway}`,
  play: async (shop, scale) => {
    const { product, factor } = offer(shop, scale);
    const bought = await shop.buy({ checkout, gateway, lines: [{ product, quantity: 3 * factor }] });
    if (bought.kind === 'refused') throw new Error(bought.code);
    expect(shop.product(product).stock).toBe(scaledStock(stock, scale));
    expect(stateOf(shop, bought.order.id, scale)).toEqual(withoutDate(state));
  },
});

const story = (told: Story): Check => ({
  name: told.name,
  play: async (shop, scale) => {
    const shown = await playStory(shop, told, scale);
    expect(shown).toEqual(told.steps.map((step) => recordedOf(step, scale)));
  },
});

export const checks: readonly Check[] = [
  ...Object.entries(recorded.transitions).map(([name, shown]) => transition(name, shown)),
  ...created.map(creation),
  ...recorded.checkout.map(purchase),
  ...stories.map(story),
];
