import { type HistoryRow, type OrderLine, type OrderSlip, type OrderView } from '../../src/index.js';

export type RebuiltLine = {
  readonly product: string;
  readonly quantity: number;
  readonly reinjected?: number;
  readonly slipped?: number;
};

/** The recorded cases ran one act after the other: their history rows stand this far apart where their dates are lost. */
const apartSeconds = 60;

const lineOf = ({ product, quantity, reinjected = 0 }: RebuiltLine): OrderLine => {
  const [productId = NaN, attributeId = NaN] = product.split('-').map(Number);
  return { id: productId, productId, attributeId, quantity, reinjected };
};

export const historyOf = (states: readonly number[]): readonly HistoryRow[] =>
  states.map((stateId, index) => ({ id: index + 1, stateId, addedAtSeconds: index * apartSeconds }));

/** An order in the shape in which the webservice shows it: its states so far, its lines, its slips. */
export const orderOf = (
  states: readonly number[],
  lines: readonly RebuiltLine[],
  rest: { readonly shopId?: number; readonly slips?: readonly OrderSlip[] } = {},
): OrderView => ({
  shopId: rest.shopId ?? 1,
  stateId: states.at(-1) ?? 0,
  history: historyOf(states),
  lines: lines.map(lineOf),
  slips: rest.slips ?? [],
});
