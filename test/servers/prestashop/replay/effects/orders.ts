import type { OrderRow } from '../../shop/rows.js';
import { parseKey } from './scale.js';
import type { Notes } from './script.js';
import type { World } from './world.js';

export const lineOf = (world: World, key: string, units: number) => {
  const { product, combination } = parseKey(key);
  return {
    id_product: world.scale.product(product),
    id_product_attribute: combination === 0 ? 0 : world.scale.combination(combination),
    quantity: units * world.scale.units,
  };
};

/** By code on the shop's own machine, as the recordings were made: an employee stands behind it. */
export const order = (world: World, key: string, units: number, state: number, shop = 1): Promise<OrderRow> =>
  world.shop.placeOrder({ lines: [lineOf(world, key, units)], state, shop, by: 'back_office' });

export const lastOrder = (world: World): number => world.shop.tables.orders.all().at(-1)?.id ?? 0;

export const postState = (world: World, id: number, state: number) =>
  world.ask(
    'POST',
    'order_histories',
    `<prestashop><order_history><id_order>${id}</id_order><id_order_state>${state}</id_order_state></order_history></prestashop>`,
  );

/** A cart and its order by the webservice, with the sum that the cart has. */
export const orderByWebservice = async (world: World, key: string, units: number, rightTotal = true) => {
  const { id_product, id_product_attribute, quantity } = lineOf(world, key, units);
  const row = `<id_product>${id_product}</id_product><id_product_attribute>${id_product_attribute}</id_product_attribute><quantity>${quantity}</quantity>`;
  const cart = await world.ask(
    'POST',
    'carts',
    `<prestashop><cart><id_currency>1</id_currency><id_lang>1</id_lang><associations><cart_rows><cart_row>${row}</cart_row></cart_rows></associations></cart></prestashop>`,
  );
  const id = /<id><!\[CDATA\[(\d+)\]\]>/.exec(cart.body)?.[1] ?? '';
  const total = rightTotal ? 5 * quantity : 1;
  const required = ['id_address_delivery', 'id_address_invoice', 'id_currency', 'id_lang', 'id_customer', 'id_carrier'];
  const sums = ['total_paid', 'total_paid_real', 'total_products', 'total_products_wt'];
  const body = [
    `<id_cart>${id}</id_cart><current_state>10</current_state>`,
    ...required.map((name) => `<${name}>1</${name}>`),
    '<module>ps_wirepayment</module><payment>Wire</payment><conversion_rate>1</conversion_rate>',
    ...sums.map((name) => `<${name}>${total}</${name}>`),
  ];
  const made = await world.ask('POST', 'orders', `<prestashop><order>${body.join('')}</order></prestashop>`);
  return [cart.status, made.status];
};

type RecordedOrder = {
  readonly current_state: number;
  readonly valid: number;
  readonly hist: readonly { readonly s: number; readonly e: number }[];
  readonly detail: readonly Readonly<Record<string, number>>[];
  readonly slips: readonly unknown[];
};

/** The part of a recorded order that does not depend on when it was made. */
export const orderAsRecorded = (recorded: RecordedOrder, world: World): Notes => ({
  current_state: recorded.current_state,
  valid: recorded.valid,
  history: recorded.hist.map(({ s, e }) => [s, e]),
  lines: recorded.detail.map(({ q = 0, inst = 0, ref = 0, ret = 0, rein = 0 }) =>
    [q, ref, ret, rein].map((units) => units * world.scale.units).concat(world.scale.units === 1 ? inst : []),
  ),
  slips: recorded.slips.length,
});

export const orderAsFound = (world: World, id: number): Notes => {
  const { orders, histories, details, slips } = world.shop.tables;
  return {
    current_state: orders.get(id)?.current_state,
    valid: orders.get(id)?.valid,
    history: histories.where(id).map((row) => [row.id_order_state, row.id_employee]),
    lines: details
      .where(id)
      .map((line) =>
        [
          line.product_quantity,
          line.product_quantity_refunded,
          line.product_quantity_return,
          line.product_quantity_reinjected,
        ].concat(world.scale.units === 1 ? line.product_quantity_in_stock : []),
      ),
    slips: slips.where(id).length,
  };
};

/** What the shop's cursors see of an order. */
export const cursorsOf = (world: World, id: number) => {
  const { orders, histories, slips, movements } = world.shop.tables;
  return {
    dateUpd: orders.get(id)?.date_upd,
    state: orders.get(id)?.current_state,
    valid: orders.get(id)?.valid,
    histories: histories.all().length,
    slips: slips.all().length,
    movements: movements.all().length,
  };
};
