import type { ActResult } from '../../shop/refusal.js';
import type { EffectCase } from '../recordings.js';
import { doStep, stepsOf } from './edit-steps.js';
import { cursorsOf, lastOrder, order } from './orders.js';
import { parseKey, tripleOf } from './scale.js';
import type { Notes, ScriptOf } from './script.js';
import { createWorld, type World } from './world.js';

const line = 3;
const opening = 100;

type Given = {
  readonly 'order created in': number;
  readonly 'then states': readonly number[];
  readonly product: string;
};

type Seen = {
  id: number;
  lines: string;
  cursors: ReturnType<typeof cursorsOf>;
  result: ActResult | undefined;
};

/** An edit or a refund of an order with a line of 3, and what it leaves in the tables. */
export const edit: ScriptOf = (played, about) => {
  const { 'order created in': state, 'then states': then, product } = played.given as Given;
  const world = createWorld({ ...about, openings: openingsOf(played, product) });
  const seen: Seen = {
    id: 0,
    lines: '',
    cursors: cursorsOf(world, 0),
    result: undefined,
  };
  return {
    world,
    given: async () => {
      const { id } = await order(world, product, line, state);
      for (const next of then) await world.shop.changeState({ order: id, state: next, changer: 'back_office' });
    },
    act: async () => {
      const id = lastOrder(world);
      seen.id = id;
      seen.cursors = cursorsOf(world, id);
      seen.lines = linesOf(world, id);
      for (const step of stepsOf(played.name)) seen.result = await doStep(world, id, step);
    },
    notes: () => notesOf(world, played, seen),
  };
};

/** Rows as they were before the order: the row with the sum moved with its combination. */
const openingsOf = ({ before }: EffectCase, product: string): Readonly<Record<string, number>> => {
  const taken = opening - tripleOf(before[product] ?? opening)[0];
  const parent = `${parseKey(product).product}-0`;
  return Object.fromEntries(
    Object.entries(before).map(([key, value]) => [
      key,
      tripleOf(value)[0] + (key === product || key === parent ? taken : 0),
    ]),
  );
};

const linesOf = (world: World, id: number): string =>
  world.shop.tables.details
    .where(id)
    .map((row) => {
      const counts = [
        row.product_quantity,
        row.product_quantity_in_stock,
        row.product_quantity_refunded,
        row.product_quantity_return,
        row.product_quantity_reinjected,
      ].map((count) => count / world.scale.units);
      const names = ['q', 'inst', 'ref', 'ret', 'rein'];
      return `:${names.map((name, index) => `${name}${counts[index] ?? 0}`).join('/')}`;
    })
    .join(' ');

const compared = ['date_upd moved', 'state', 'valid', 'new hist', 'new slips', 'stock_mvt', 'detail', 'refused'];

const notesOf = (world: World, { notes, name }: EffectCase, seen: Readonly<Seen>) => {
  const { cursors, id } = seen;
  const now = cursorsOf(world, id);
  const recorded = notes as Readonly<Record<string, unknown>> & {
    readonly detail: readonly string[];
    readonly error: string;
  };
  const found: Notes = {
    'date_upd moved': now.dateUpd !== cursors.dateUpd,
    state: `${cursors.state ?? ''}->${now.state ?? ''}`,
    valid: `${cursors.valid ?? ''}->${now.valid ?? ''}`,
    'new hist': now.histories - cursors.histories,
    'new slips': now.slips - cursors.slips,
    stock_mvt: now.movements - cursors.movements,
    detail: [seen.lines, linesOf(world, id)],
    refused: seen.result?.kind === 'refused',
  };
  const told: Notes = {
    ...recorded,
    detail: recorded.detail.map((lines) => lines.replaceAll(/p\d+:/g, ':')),
    // A voucher that cannot be made comes after everything that counts here.
    refused: recorded.error !== '' && !name.includes('voucheronly'),
  };
  return { found, recorded: Object.fromEntries(compared.map((key) => [key, told[key]])) };
};
