import { createGate } from '../../shop/pauses.js';
import { order } from './orders.js';
import type { ScriptOf } from './script.js';
import { createWorld, type World } from './world.js';

const opening = 1000;

type Writer = (world: World) => Promise<unknown>;

const decrement: Writer = ({ shop, product, scale }) =>
  shop.editStockByHand({
    id_product: product(6),
    id_product_attribute: 0,
    id_shop: 1,
    page: 'module',
    delta: -scale.units,
  });

const patch =
  (field: (world: World) => string): Writer =>
  (world) =>
    world.ask(
      'PATCH',
      'stock_availables',
      `<prestashop><stock_available><id>${world.row('6-0').id}</id>${field(world)}</stock_available></prestashop>`,
    );

const quantity500 = patch(({ scale }) => {
  const value = opening + scale.opening + scale.units * (500 - opening);
  return `<quantity>${value}</quantity>`;
});

const outOfStock = patch(() => '<out_of_stock>1</out_of_stock>');

const crossings: Readonly<Record<string, readonly [held: Writer, meanwhile: Writer]>> = {
  'lost-updateQuantity(-1) paused between read and write; ws PATCH quantity=500 meanwhile': [decrement, quantity500],
  'lost-updateQuantity(-1) paused; other updateQuantity(-1) meanwhile': [decrement, decrement],
  'lost-validateOrder(3) paused; ws PATCH quantity=500 meanwhile': [(world) => order(world, '6-0', 3, 10), quantity500],
  'lost-ws PATCH out_of_stock only, paused; updateQuantity(-1) meanwhile': [outOfStock, decrement],
  'lost-ws PATCH quantity=500 paused; updateQuantity(-1) meanwhile': [quantity500, decrement],
};

/** Two writers of one row, one of them held in the middle: the last one wins. */
export const crossing: ScriptOf = (played, about) => {
  const world = createWorld({ ...about, openings: { '6-0': opening } });
  const writers = crossings[played.name];
  if (writers === undefined) throw new Error(`No crossing "${played.name}".`);
  const [held, meanwhile] = writers;
  return {
    world,
    act: async () => {
      // The first to come is held between its reading and its writing; every other passes.
      let isFirst = true;
      const gate = createGate(({ point }) => {
        const holds = isFirst && point === 'stock_write';
        isFirst &&= !holds;
        return holds;
      });
      world.shop.pauseWith(gate.pause);
      const first = held(world);
      await gate.arrived();
      await meanwhile(world);
      gate.open();
      await first;
    },
  };
};
