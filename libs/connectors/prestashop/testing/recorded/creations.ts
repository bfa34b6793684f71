import { type OrderView, type ShopView } from '../../src/index.js';
import { orderOf } from './rebuilt-order.js';
import { givenOf, type RecordedCase } from './recorded-case.js';
import { quantitiesOf, type RecordedStep, stepOf } from './step.js';

/** Of an order after its creation, and of one that came back from a customer. */
export type RecordedOrder = {
  readonly current_state: number;
  readonly hist: readonly { readonly h: number; readonly s: number; readonly date_add: string }[];
  readonly detail: readonly {
    readonly id: number;
    readonly p: number;
    readonly a: number;
    readonly q: number;
    readonly rein: number;
  }[];
};

const secondsOf = (date: string): number => Date.parse(`${date.replace(' ', 'T')}Z`) / 1_000;

/** The order as it was recorded: this is what the webservice shows of it. */
export const orderRecorded = (order: RecordedOrder): OrderView => ({
  shopId: 1,
  stateId: order.current_state,
  history: order.hist.map(({ h, s, date_add }) => ({ id: h, stateId: s, addedAtSeconds: secondsOf(date_add) })),
  lines: order.detail.map(({ id, p, a, q, rein }) => ({
    ...{ id, productId: p, attributeId: a, quantity: q, reinjected: rein },
  })),
  slips: [],
});

const recordedIn = (notes: unknown): OrderView | undefined => {
  const order = (notes as { readonly order?: RecordedOrder | number } | null)?.order;
  return typeof order === 'object' ? orderRecorded(order) : undefined;
};

/** A bare id was recorded: the line is in the act, and wire transfer (10) is what that recorder paid with. */
const wireOrder = ({ act }: RecordedCase): OrderView | undefined => {
  const quantity = /^validateOrder qty (\d+)$/u.exec(act)?.[1];
  return quantity === undefined ? undefined : orderOf([10], [{ product: '6-0', quantity: Number(quantity) }]);
};

/** The state and its history came back from the recorder's call, the line stands in the act alone. */
const configured = ({ act, notes }: RecordedCase): OrderView | undefined => {
  const quantity = /: create state \d+.* qty (\d+)$/u.exec(act)?.[1];
  if (quantity === undefined) return undefined;
  const { state, hist } = (notes as { readonly return: { readonly state: number; readonly hist?: readonly number[] } })
    .return;
  return orderOf(hist ?? [state], [{ product: '6-0', quantity: Number(quantity) }]);
};

/** Three lines were ordered; the recording has lost them, and the shop's catalogue of cases lists them so. */
const threeLines = [
  { product: '6-0', quantity: 3 },
  { product: '7-0', quantity: 2 },
  { product: '1-1', quantity: 4 },
];

/** Made, looked at, cancelled: two steps. Where the state is lost it is wire transfer (10). */
const madeThenCancelled = (one: RecordedCase, shop: ShopView): readonly RecordedStep[] | undefined => {
  const state = /^validateOrder state (\d+) then 6$/u.exec(one.act)?.[1];
  if (state === undefined && one.act !== 'create then cancel') return undefined;
  const lines = state === undefined ? threeLines : [{ product: '12-0', quantity: Number(givenOf(one)['qty']) }];
  const made = orderOf([Number(state ?? 10)], lines);
  const cancelled = orderOf([Number(state ?? 10), 6], lines);
  const between = quantitiesOf(
    (one.notes as { readonly 'after creation': Readonly<Record<string, number>> })['after creation'],
  );
  return [
    { ...stepOf(one, 'creation', { shop, after: made }), rowsAfter: between },
    { ...stepOf(one, 'state', { shop, before: made, after: cancelled }), rowsBefore: between },
  ];
};

/** Orders that were not there before. */
export const creations = (one: RecordedCase, shop: ShopView): readonly RecordedStep[] | undefined => {
  const after = recordedIn(one.notes) ?? wireOrder(one) ?? configured(one);
  return after === undefined ? madeThenCancelled(one, shop) : [stepOf(one, 'creation', { shop, after })];
};
