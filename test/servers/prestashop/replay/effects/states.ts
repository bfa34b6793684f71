import type { StateRow } from '../../shop/rows.js';
import { cursorsOf, lastOrder, order, postState } from './orders.js';
import type { Notes, ScriptOf } from './script.js';
import { createWorld, type World } from './world.js';

const line = 3;
const opening = 100;

/** What a change of state says beside the rows. */
const changeNotes = (before: ReturnType<typeof cursorsOf>, after: ReturnType<typeof cursorsOf>): Notes => ({
  'orders.date_upd moved': after.dateUpd !== before.dateUpd,
  'new order_history rows': after.histories - before.histories,
  current_state: after.state,
  'stock_mvt rows': after.movements - before.movements,
});

/** An order of a line of 3, from a state to a state, by the webservice or by the shop's own code. */
export const transition: ScriptOf = (played, about) => {
  const [, by, from, to] = /^(ws|bo)-transition-(\d+)-(\d+)$/.exec(played.name) ?? [];
  const world = createWorld({ ...about, openings: { '6-0': opening } });
  let before = cursorsOf(world, 0);
  return {
    world,
    given: () => order(world, '6-0', line, Number(from)),
    act: async () => {
      before = cursorsOf(world, lastOrder(world));
      await change(world, by === 'ws', Number(to));
    },
    notes: () => {
      const { 'delta [quantity,physical,reserved]': _, error: _error, ...recorded } = played.notes as Notes;
      return { found: changeNotes(before, cursorsOf(world, lastOrder(world))), recorded };
    },
  };
};

const change = (world: World, byWebservice: boolean, state: number): Promise<unknown> =>
  byWebservice
    ? postState(world, lastOrder(world), state)
    : world.shop.changeState({ order: lastOrder(world), state, changer: 'back_office' });

/** The six states that were added to each shop, in the order of their ids. Their flags follow from what they did. */
const customFlags: readonly Partial<StateRow>[] = [
  {},
  { logable: 1 },
  { logable: 1, paid: 1 },
  {},
  { shipped: 1 },
  { shipped: 1, logable: 1 },
];

const createCustomStates = ({ shop }: World): void => {
  if (shop.tables.states.all().some(({ name }) => name.startsWith('Custom'))) return;
  customFlags.forEach((flags, index) => shop.createState({ ...flags, name: `Custom ${index}` }));
};

export const customTransition: ScriptOf = (played, about) => {
  const [, from, to] = /^custom-state-(\d+)-(\d+)$/.exec(played.name) ?? [];
  const world = createWorld({ ...about, openings: { '6-0': opening } });
  createCustomStates(world);
  let status = 0;
  return {
    world,
    given: () => order(world, '6-0', line, Number(from)),
    act: async () => {
      status = (await postState(world, lastOrder(world), Number(to))).status;
    },
    notes: () => ({ found: { status }, recorded: { status: played.notes } }),
  };
};

/** A customer's wish to return, and its states: the shop has no act for it that would move anything. */
export const customerReturn: ScriptOf = (_, about) => {
  const world = createWorld({ ...about, openings: { '6-0': opening } });
  return {
    world,
    given: async () => {
      await order(world, '6-0', line, 2);
      await change(world, false, 5);
    },
    act: () => {
      const now = world.shop.clock.local();
      const about = { id_customer: 2, id_order: lastOrder(world), date_add: now, date_upd: now };
      world.shop.tables.returns.insert({ ...about, state: 1 });
      return Promise.resolve();
    },
  };
};
