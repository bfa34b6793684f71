import { keyOf, type OrderView, parentOf, type Row, type RowKey, type ShopView } from '../../src/index.js';
import { type RecordedCase, type RecordedRows } from './recorded-case.js';

export const kinds = ['creation', 'state', 'edit', 'pack', 'multistore'] as const;
export type Kind = (typeof kinds)[number];

/** What the model is told of a case: two readings of its order, and the shop. Neither the act nor the name is in it. */
export type Readings = {
  readonly shop: ShopView;
  readonly before: OrderView | undefined;
  readonly after: OrderView | undefined;
};

export type RecordedStep = {
  readonly name: string;
  readonly kind: Kind;
  readonly readings: Readings;
  readonly rowsBefore: ReadonlyMap<RowKey, number>;
  readonly rowsAfter: ReadonlyMap<RowKey, number>;
  /** Rows that the recorder itself wrote by the webservice: what they show is its own doing, all others are the shop's. */
  readonly written: ReadonlySet<RowKey>;
  /** Rows that hold a sum, with the rows among these that they sum up. */
  readonly sums: ReadonlyMap<RowKey, readonly RowKey[]>;
};

/** `6-0` of shop 1, `6-0@s0g2` of another. */
const rowNamed = (text: string): Row => {
  const [, productId, attributeId, shopId = '1', shopGroupId = '0'] =
    /^(\d+)-(\d+)(?:@s(\d+)g(\d+))?$/u.exec(text)?.map((part) => part) ?? [];
  if (productId === undefined || attributeId === undefined) throw new Error(`no row: ${text}`);
  return {
    productId: Number(productId),
    attributeId: Number(attributeId),
    shopId: Number(shopId),
    shopGroupId: Number(shopGroupId),
  };
};

export const keyNamed = (text: string): RowKey => keyOf(rowNamed(text));

export const quantitiesOf = (rows: RecordedRows | readonly unknown[]): ReadonlyMap<RowKey, number> =>
  new Map(
    Object.entries(rows as RecordedRows).map(([row, value]) => [
      keyNamed(row),
      typeof value === 'number' ? value : value[0],
    ]),
  );

const sumsAmong = (rows: RecordedRows | readonly unknown[]): ReadonlyMap<RowKey, readonly RowKey[]> => {
  const sums = new Map<RowKey, RowKey[]>();
  for (const text of Object.keys(rows)) {
    const row = rowNamed(text);
    const parent = parentOf(row);
    if (parent !== undefined) sums.set(keyOf(parent), [...(sums.get(keyOf(parent)) ?? []), keyOf(row)]);
  }
  return sums;
};

type Told = Partial<Pick<Readings, 'before' | 'after'>> & {
  readonly shop: ShopView;
  readonly written?: readonly RowKey[];
};

export const stepOf = (one: RecordedCase, kind: Kind, told: Told): RecordedStep => ({
  name: one.name,
  kind,
  readings: { shop: told.shop, before: told.before, after: told.after },
  rowsBefore: quantitiesOf(one.before),
  rowsAfter: quantitiesOf(one.after),
  written: new Set(told.written ?? []),
  sums: sumsAmong(one.before),
});
