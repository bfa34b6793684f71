import { type LineStock, type OrderLine, type OrderRefund, type OrderView, type RowKey } from '../../src/index.js';
import { type OrderState } from './recorded-case.js';

/** What the recorder sold, and what it moved a line to. */
const productId = 12;
export const otherId = 16;

export const rowSold: RowKey = `${productId}-0`;

const unitsOrdered = 3;

export const lineOf = (id: number, quantity: number, stock?: LineStock): OrderLine => ({
  ...{ id, productId, variationId: 0, quantity },
  stock: stock ?? { row: rowSold, mayBeOwed: false },
});

/** What REST shows of an order beside its status, its lines and its refunds moves nothing. */
export const orderOf = (
  status: string,
  lines: readonly OrderLine[],
  refunds: readonly OrderRefund[] = [],
): OrderView => ({
  ...{ id: 1, orderKey: 'wc_order_1', status, createdVia: 'rest-api', paymentMethod: 'bacs', needsPayment: false },
  ...{ createdAt: '2026-11-20T23:00:00', modifiedAt: '2026-11-20T23:00:01', lines, refunds },
});

const numberIn = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** The line as it is, with what it says now. */
export const saying = ({ reduced: _, restocked: __, ...line }: OrderLine, item: OrderState['item']): OrderLine => {
  const [reduced, restocked] = [numberIn(item._reduced_stock), numberIn(item._restock_refunded_items)];
  return { ...line, ...(reduced !== undefined && { reduced }), ...(restocked !== undefined && { restocked }) };
};

/** REST shows a status without the prefix that it has in the database. */
export const statusIn = ({ status }: OrderState): string => status.replace(/^wc-/u, '');

/** An order of three, in one line. */
export const orderIn = (state: OrderState): OrderView =>
  orderOf(statusIn(state), [saying(lineOf(1, unitsOrdered), state.item)]);
