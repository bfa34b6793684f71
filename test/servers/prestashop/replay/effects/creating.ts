import type { EffectCase, RecordedRows } from '../recordings.js';
import { lastOrder, lineOf, order, orderAsFound, orderAsRecorded, orderByWebservice } from './orders.js';
import type { ScriptOf } from './script.js';
import { createWorld, expectedRows, openingsAsBefore, rowsOf, setRows, type World } from './world.js';

type RecordedNotes = { readonly order: Parameters<typeof orderAsRecorded>[0]; readonly http?: readonly number[] };

const orderNotes = (world: World, { notes }: EffectCase, more: object = {}) => {
  const recorded = notes as RecordedNotes;
  return {
    found: { ...orderAsFound(world, lastOrder(world)), ...more },
    recorded: { ...orderAsRecorded(recorded.order, world), ...(recorded.http && { http: recorded.http }) },
  };
};

/** An order by code, in a state. */
export const created: ScriptOf = (played, about) => {
  const {
    product = '6-0',
    qty,
    state,
    out_of_stock,
  } = played.given as {
    readonly product?: string;
    readonly qty: number;
    readonly state: number;
    readonly out_of_stock?: number;
  };
  const world = createWorld({ ...about, openings: openingsAsBefore(played) });
  if (out_of_stock !== undefined) world.shop.tables.stock.put({ ...world.row(product), out_of_stock });
  return { world, act: () => order(world, product, qty, state), notes: () => orderNotes(world, played) };
};

export const createdByWebservice: ScriptOf = (played, about) => {
  const { product = '6-0', qty = 3 } = played.given as { readonly product?: string; readonly qty?: number };
  const world = createWorld({ ...about, openings: openingsAsBefore(played) });
  const wrongTotal = played.name === 'ws-order-row0-deny';
  let http: readonly number[] = [];
  return {
    world,
    act: async () => {
      http = await orderByWebservice(world, product, qty, !wrongTotal);
    },
    notes: () => orderNotes(world, played, { http }),
  };
};

/** On a row that has nothing left, which nobody asks about. */
export const createdOnEmptyRow: ScriptOf = (played, about) => {
  const openings = openingsAsBefore(played);
  const world = createWorld({ ...about, openings });
  const holdsOneMore = played.name === 'validateOrder-row--3-deny';
  return {
    world,
    given: async () => {
      if (holdsOneMore) await order(world, '6-0', 1, 10);
      setRows(world, { '6-0': [openings['6-0'] ?? 0, openings['6-0'] ?? 0, holdsOneMore ? 1 : 0] });
    },
    act: () => order(world, '6-0', 1, 10),
  };
};

/** The second state that a shop may be set to give an order that lacks stock. */
export const createdWithConfiguration: ScriptOf = (played, about) => {
  const [, name = '', value = '', state, units] =
    /^stock-(PS_\w+)=(\d): create state (\d+)(?:, stock \d+,)? qty (\d+)$/.exec(played.name) ?? [];
  const world = createWorld({ ...about, openings: openingsAsBefore(played) });
  const recorded = (played.notes as { readonly return: { readonly state: number; readonly hist?: readonly number[] } })
    .return;
  return {
    world,
    given: () => {
      world.shop.configure(name, value);
      return undefined;
    },
    act: () => order(world, '6-0', Number(units), Number(state)),
    notes: () => {
      const { current_state, history } = orderAsFound(world, lastOrder(world)) as {
        readonly current_state: number;
        readonly history: readonly (readonly number[])[];
      };
      const hist = recorded.hist === undefined ? {} : { hist: history.map(([entered]) => entered) };
      return { found: { state: current_state, ...hist }, recorded };
    },
  };
};

const threeLines = [
  ['6-0', 3],
  ['7-0', 2],
  ['1-1', 4],
] as const;

/** Created and given back, with the rows in between. */
export const createdThenCancelled: ScriptOf = (played, about) => {
  const world = createWorld({ ...about, openings: openingsAsBefore(played) });
  const [, state = '10'] = /^virtual-create-st(\d+)-then-6$/.exec(played.name) ?? [];
  const sold = played.name === 'three-lines' ? threeLines : ([['12-0', 3]] as const);
  const between = (played.notes as { readonly 'after creation': RecordedRows })['after creation'];
  let found: RecordedRows = {};
  return {
    world,
    act: async () => {
      const lines = sold.map(([key, units]) => lineOf(world, key, units));
      const made = await world.shop.placeOrder({ lines, state: Number(state), by: 'back_office' });
      found = rowsOf(world, between);
      await world.shop.changeState({ order: made.id, state: 6, changer: 'back_office' });
    },
    notes: () => ({ found: { between: found }, recorded: { between: expectedRows(world, between) } }),
  };
};
