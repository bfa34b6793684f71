import type { Row } from '../file/row.js';
import type { Survey } from './survey.js';

/** What a line reports. The rules, in their order, stand in the README of test/data/online-retail. */
export type Kind = 'sale' | 'free_issue' | 'cancellation' | 'adjustment_out' | 'adjustment_in' | 'bad_debt';

export const kindOf = (row: Row, survey: Survey): Kind => {
  if (row.invoice.startsWith('A')) return 'bad_debt';
  if (row.invoice.startsWith('C')) return 'cancellation';
  if (!row.free) return 'sale';
  if (row.quantity < 0) return 'adjustment_out';
  return isFound(row, survey) ? 'adjustment_in' : 'free_issue';
};

const isFound = (row: Row, survey: Survey): boolean =>
  row.quantity > 0 &&
  row.customer === '' &&
  survey.extentOf(row.invoice).lines === 1 &&
  !survey.isProductName(row.sku, row.description);

const goodsPattern = /^([0-9]{5}|DCGS)/;

/** Everything else is a service (postage, fees, vouchers), which has no stock. */
export const isGoods = (sku: string): boolean => goodsPattern.test(sku);

/** By how many units a line changes the stock of its goods. */
export const stockDelta = (kind: Kind, quantity: number): number => {
  switch (kind) {
    case 'sale':
    case 'free_issue':
    case 'cancellation':
      return -quantity;
    case 'adjustment_out':
    case 'adjustment_in':
      return quantity;
    case 'bad_debt':
      return 0;
    default:
      return kind satisfies never;
  }
};
