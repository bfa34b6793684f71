import { type OrderSlip, type OrderView, type ShopView } from '../../src/index.js';
import { orderOf, type RebuiltLine } from './rebuilt-order.js';
import { givenOf, type RecordedCase } from './recorded-case.js';
import { type RecordedStep, stepOf } from './step.js';

type EditNotes = {
  readonly state: string;
  readonly 'new hist': number;
  readonly 'new slips': number;
  readonly detail: readonly [string, string];
};

/**
 * Two cases lost what the webservice would have shown. In the first the order came to cancelled between the two readings,
 * and its history has that row. In the second a slip for two units of the line was made before the line was deleted: the
 * slip shows its units (`order_slip_details`), the recorder kept their number of the lines alone.
 */
const lost: Readonly<Record<string, { readonly newStates?: readonly number[]; readonly slipUnits?: number }>> = {
  'edit-seq partialrefund2-restock then 6 then 2 (from 2)': { newStates: [6, 2] },
  'edit-seq partialrefund2-restock then deleteproduct (from 2)': { slipUnits: 2 },
};

type RecordedLine = RebuiltLine & { readonly slipped: number };

/** `p6:q3/inst3/ref1/ret0/rein1 p7:...`: the product, its quantity and counters. The combination is the one given. */
const linesIn = (detail: string, product: string): readonly RecordedLine[] =>
  [...detail.matchAll(/p(\d+):q(\d+)\/inst\d+\/ref(\d+)\/ret(\d+)\/rein(\d+)/gu)].map(
    ([, id = '', quantity, refunded, returned, reinjected]) => ({
      product: product.startsWith(`${id}-`) ? product : `${id}-0`,
      quantity: Number(quantity),
      reinjected: Number(reinjected),
      slipped: Number(refunded) + Number(returned),
    }),
  );

const newStatesOf = (one: RecordedCase, count: number, now: number): readonly number[] =>
  lost[one.name]?.newStates ?? Array.from({ length: Math.max(0, count) }, () => now);

/** One slip for all units that were refunded or returned, where there were new slips at all. */
const slipsOf = (one: RecordedCase, notes: EditNotes, lines: readonly RecordedLine[]): readonly OrderSlip[] => {
  if (notes['new slips'] === 0) return [];
  const gone = lost[one.name]?.slipUnits;
  const items =
    gone === undefined ? lines.map(({ product, slipped }) => [product, slipped] as const) : [['6-0', gone] as const];
  return [{ id: 1, items: items.map(([product, quantity]) => ({ lineId: Number(product.split('-')[0]), quantity })) }];
};

const isEdit = (notes: unknown): notes is EditNotes =>
  typeof notes === 'object' && notes !== null && 'state' in notes && 'new hist' in notes;

/** Refunds, returns, edits of lines, alone and after one another: lines, counters, states and slips were recorded. */
export const edits = (one: RecordedCase, shop: ShopView): readonly RecordedStep[] | undefined => {
  if (!isEdit(one.notes)) return undefined;
  const { notes } = one;
  const given = givenOf(one);
  const product = String(given['product']);
  const earlier = [Number(given['order created in']), ...(given['then states'] as readonly number[])];
  const now = notes.state.split('->')[1] ?? '';
  const count = notes['new hist'];
  const states = [...(count < 0 ? earlier.slice(0, count) : earlier), ...newStatesOf(one, count, Number(now))];
  const lines = linesIn(notes.detail[1], product);
  const after: OrderView = {
    ...orderOf(states, lines, { slips: slipsOf(one, notes, lines) }),
    stateId: Number(now),
  };
  const before = orderOf(earlier, linesIn(notes.detail[0], product));
  return [stepOf(one, 'edit', { shop, before, after: now === '' ? undefined : after })];
};
