import type { ActResult } from '../../shop/refusal.js';
import { lineOf, postState } from './orders.js';
import type { World } from './world.js';

/** "edit-seq partialrefund1-restock, then bo state 6 (from 2)" is two steps, others are one. */
export const stepsOf = (name: string): readonly string[] => {
  const text = name
    .replace(/^edit-(seq |combination )?/, '')
    .replace(/ \(from \d+\)$/, '')
    .replace(/ in [\d>]+$/, '');
  const steps = text.split(/, then | then /);
  const twice = / x2$/.exec(text);
  return twice === null ? steps : [text.replace(/ x2$/, ''), text.replace(/ x2$/, '')];
};

const slipSums = ['products_tax_excl', 'products_tax_incl', 'shipping_tax_excl', 'shipping_tax_incl']
  .map((sum) => `<total_${sum}>1</total_${sum}>`)
  .join('');

const detailOf = (world: World, id: number): number => world.shop.tables.details.where(id)[0]?.id ?? 0;

type Step = readonly [
  pattern: RegExp,
  act: (world: World, id: number, words: readonly string[]) => Promise<ActResult | object>,
];

const units = (world: World, word: string | undefined): number => Number(word) * world.scale.units;

const steps: readonly Step[] = [
  [
    /^partialrefund(\d)-(restock|norestock)(-voucheronly)?$/,
    (world, id, [, count, restock, voucher]) =>
      world.shop.partialRefund({
        detail: detailOf(world, id),
        units: units(world, count),
        restock: restock === 'restock',
        voucherOnly: voucher !== undefined,
      }),
  ],
  [
    /^standardrefund(\d)$/,
    (world, id, [, count]) => world.shop.standardRefund({ detail: detailOf(world, id), units: units(world, count) }),
  ],
  [
    /^return(\d)-(restock|norestock)$/,
    (world, id, [, count, restock]) =>
      world.shop.returnProduct({
        detail: detailOf(world, id),
        units: units(world, count),
        restock: restock === 'restock',
      }),
  ],
  [
    /^cancelproduct(\d)(\(all\))?$/,
    (world, id, [, count]) => world.shop.cancelProduct(detailOf(world, id), units(world, count)),
  ],
  [
    /^addproduct (\d+)x(\d+)$/,
    (world, id, [, product, count]) => world.shop.addProduct(id, lineOf(world, `${product}-0`, Number(count))),
  ],
  [
    /^update(?:product)? \d->(\d)$/,
    (world, id, [, count]) => world.shop.updateProduct(detailOf(world, id), units(world, count)),
  ],
  [/^deleteproduct$/, (world, id) => world.shop.deleteProduct(detailOf(world, id))],
  [
    /^(?:bo state )?(\d+)$/,
    (world, id, [, state]) => world.shop.changeState({ order: id, state: Number(state), changer: 'back_office' }),
  ],
  [/^ws state (\d+)$/, (world, id, [, state]) => postState(world, id, Number(state))],
  [
    /^bo (?:UpdateOrderStatus|BulkChangeOrderStatus)Command \d+->(\d+)$/,
    (world, id, [, state]) => world.shop.changeState({ order: id, state: Number(state), changer: 'back_office_page' }),
  ],
  [
    /^\d+->(\d+)$/,
    (world, id, [, state]) => world.shop.changeState({ order: id, state: Number(state), changer: 'back_office' }),
  ],
  [
    /^ws PUT orders (?:current_state \d+->|unchanged \()(\d+)\)?$/,
    async (world, id, [, state]) => world.ask('PUT', `orders/${id}`, await orderBody(world, id, Number(state))),
  ],
  [
    /^ws PATCH orders current_state \d+->(\d+)$/,
    (world, id, [, state]) =>
      world.ask(
        'PATCH',
        `orders/${id}`,
        `<prestashop><order><id>${id}</id><current_state>${state}</current_state></order></prestashop>`,
      ),
  ],
  [
    /^ws PATCH order_details product_quantity \d->(\d) \(\d\)$/,
    (world, id, [, count]) =>
      world.ask(
        'PATCH',
        'order_details',
        `<prestashop><order_detail><id>${detailOf(world, id)}</id><product_quantity>${units(world, count)}</product_quantity></order_detail></prestashop>`,
      ),
  ],
  [
    /^ws POST order_slip \(\d\)$/,
    (world, id) =>
      world.ask(
        'POST',
        'order_slip',
        `<prestashop><order_slip><id_customer>2</id_customer><id_order>${id}</id_order><conversion_rate>1</conversion_rate>${slipSums}</order_slip></prestashop>`,
      ),
  ],
  [/^ws DELETE orders \(\d\)$/, (world, id) => world.ask('DELETE', `orders/${id}`)],
  [
    /^ws DELETE order_histories last/,
    (world, id) => world.ask('DELETE', `order_histories/${world.shop.tables.histories.where(id).at(-1)?.id ?? 0}`),
  ],
  [
    /^ws note: order_histories with sendemail \(\d->(\d)\)$/,
    (world, id, [, state]) => postState(world, id, Number(state)),
  ],
];

/** One step of an edit, by its words in the recording. Undefined where it was a request. */
export const doStep = async (world: World, id: number, text: string): Promise<ActResult | undefined> => {
  for (const [pattern, act] of steps) {
    const words = pattern.exec(text);
    if (words === null) continue;
    const result = await act(world, id, [...words]);
    return 'kind' in result ? result : undefined;
  }
  throw new Error(`No step "${text}".`);
};

/** What a GET gave, with another state: all a PUT needs. */
const orderBody = async (world: World, id: number, state: number): Promise<string> => {
  const { body } = await world.ask('GET', `orders/${id}`);
  return body
    .replace(/(<current_state[^>]*><!\[CDATA\[)\d+/, `$1${state}`)
    .replace(/<associations>[^]*<\/associations>/, '');
};
