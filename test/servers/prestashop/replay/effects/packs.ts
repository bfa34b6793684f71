import type { EffectCase } from '../recordings.js';
import { lastOrder, order, postState } from './orders.js';
import type { ScriptOf } from './script.js';
import { createWorld, setRows, type World, type WorldIn } from './world.js';

/** The packs of the recordings. "c" holds two of a combination; all others two of product 6 and one of product 7. */
const packs = [
  { product: 20, type: 0 },
  { product: 21, type: 1 },
  { product: 22, type: 2 },
  { product: 23, type: 3 },
  { product: 24, type: 2, components: ['1-1', '7-0'] },
];

const packRow = (name: string): string => {
  const type = /^pack-type (\w)/.exec(name)?.[1] ?? /^pack(\d)-/.exec(name)?.[1] ?? '0';
  return type === 'c' ? '24-0' : `2${type}-0`;
};

const openings: Readonly<Record<string, number>> = { '6-0': 100, '7-0': 100, '1-0': 2100, '1-1': 100 };

const packWorld = (played: EffectCase, about: WorldIn): World => {
  const rows = Object.keys(played.before);
  const known = packs.filter(({ product }) => rows.includes(`${product}-0`));
  const world = createWorld({
    ...about,
    openings: Object.fromEntries(rows.map((key) => [key, openings[key] ?? 20])),
    packs: known.map(({ components = ['6-0', '7-0'], ...pack }) => ({ ...pack, components })),
  });
  const [, configured] = /PS_PACK_STOCK_TYPE=(\d)/.exec(played.name) ?? [];
  if (configured !== undefined) world.shop.configure('PS_PACK_STOCK_TYPE', configured);
  return world;
};

/** Three packs sold in a state, and what goes with a state after it. */
export const packOrder: ScriptOf = (played, about) => {
  const world = packWorld(played, about);
  const key = packRow(played.name);
  const [, created] = /: order 3 packs in (?:state )?(\d+)$/.exec(played.name) ?? [];
  const [, from, to] = /(?:: then (?:state )?|transition-)(?:(\d+)(?: -> |-))?(\d+)$/.exec(played.name) ?? [];
  if (created !== undefined) return { world, act: () => order(world, key, 3, Number(created)) };
  return {
    world,
    given: async () => {
      // Whatever is cancelled here was sold as paid, so that its units had not come back.
      const wasPaid = from === '6' && !played.name.includes('transition');
      await order(world, key, 3, wasPaid ? 2 : Number(from ?? 10));
      if (wasPaid) await postState(world, lastOrder(world), 6);
    },
    act: () => postState(world, lastOrder(world), Number(to)),
  };
};

/** A component sold alone: packs that move both are lowered with it. */
export const componentAlone: ScriptOf = (played, about) => {
  const world = packWorld(played, about);
  const component = played.name.includes('type c') ? '1-1' : '6-0';
  return { world, act: () => order(world, component, 70, 10) };
};

/** A row of a pack or of a component, written by the webservice: nothing else moves. */
export const packRowWritten: ScriptOf = (played, about) => {
  const world = packWorld(played, about);
  const [, what, to] = /: ws PATCH (component|pack row) to (\d+)$/.exec(played.name) ?? [];
  const component = played.name.includes('type c') ? '1-1' : '6-0';
  const key = what === 'component' ? component : packRow(played.name);
  return {
    world,
    given: () => {
      setRows(world, played.before);
      return undefined;
    },
    act: () => {
      const opening = world.openings.get(key) ?? 0;
      const quantity = opening + world.scale.opening + world.scale.units * (Number(to) - opening);
      const { id } = world.row(key);
      return world.ask(
        'PATCH',
        'stock_availables',
        `<prestashop><stock_available><id>${id}</id><quantity>${quantity}</quantity></stock_available></prestashop>`,
      );
    },
  };
};

/** Edits of a paid order of three packs. */
export const packEdit: ScriptOf = (played, about) => {
  const world = packWorld(played, about);
  const key = packRow(played.name);
  const { shop, scale } = world;
  const [, act, to] = /^pack\d-edit-(partialrefund1-restock|update 3->(\d)|delete)$/.exec(played.name) ?? [];
  const detail = () => shop.tables.details.where(lastOrder(world))[0]?.id ?? 0;
  return {
    world,
    given: () => order(world, key, 3, 2),
    act: () => {
      if (act === 'delete') return shop.deleteProduct(detail());
      if (to !== undefined) return shop.updateProduct(detail(), Number(to) * scale.units);
      return shop.partialRefund({ detail: detail(), units: scale.units, restock: true });
    },
  };
};
