import { type BatchOutcome, type ChannelPort, type RowChange, sendBatches, type WriteAnswer } from '#channel-kit';
import { type Outcome, type RowOutcome, type StockBatch, assertQuantities, writeStock } from '../rest/index.js';
import { type PortContext } from './context.js';
import { type WooCommerceOrder } from './order.js';
import { placeOf, readRows } from './rows.js';
import { troubledBy, troubleOf } from './trouble.js';

type FailedRow = WriteAnswer['failed'][number];

/** A batch, with the keys of its rows by what the shop calls them. */
type Batch = StockBatch & { readonly keys: ReadonlyMap<number, string> };

const missing = (row: string): FailedRow => ({
  row,
  code: 'row_missing',
  detail:
    'The shop keeps no stock in this row: the product or its variation was deleted, its stock is not managed any more, or its parent manages it now.',
});

const ignored = (row: string): FailedRow => ({
  row,
  code: 'row_ignored',
  detail:
    'The shop took the figure and keeps none here: switch stock management on for this product, and in the settings of the shop.',
});

/** Products in one request, variations in one for each of their products. */
const resourceOf = (row: string): string => {
  const { productId = 0, variationId = 0 } = placeOf(row) ?? {};
  return variationId === 0 ? 'products/batch' : `products/${productId}/variations/batch`;
};

const idOf = (row: string): number => {
  const { productId = 0, variationId = 0 } = placeOf(row) ?? {};
  return variationId === 0 ? productId : variationId;
};

const batchesOf = (changes: readonly RowChange[]): readonly Batch[] => {
  const byResource = new Map<string, RowChange[]>();
  for (const change of changes) {
    const resource = resourceOf(change.row);
    byResource.set(resource, [...(byResource.get(resource) ?? []), change]);
  }
  return [...byResource].map(([resource, some]) => ({
    resource,
    rows: some.map(({ row, quantity }) => ({ id: idOf(row), quantity })),
    keys: new Map(some.map(({ row }) => [idOf(row), row])),
  }));
};

const failedRow = (row: string, outcome: RowOutcome): readonly FailedRow[] => {
  switch (outcome.kind) {
    case 'refused':
      return outcome.code.endsWith('_invalid_id')
        ? [missing(row)]
        : [{ row, code: 'refused', detail: `The shop refuses the row: ${outcome.message} (${outcome.code}).` }];
    case 'ignored':
      return [ignored(row)];
    case 'written':
    case 'silent':
      return [];
  }
};

/** A row of which the answer does not say enough is in neither list. */
const answerIn = ({ keys }: Batch, outcomes: readonly RowOutcome[]): WriteAnswer => {
  const rows = outcomes.map((outcome) => ({ outcome, row: keys.get(outcome.id) ?? '' }));
  return {
    written: rows.filter(({ outcome }) => outcome.kind === 'written').map(({ row }) => row),
    failed: rows.flatMap(({ outcome, row }) => failedRow(row, outcome)),
  };
};

const sent = async (outcome: Promise<Outcome<readonly RowOutcome[]>>, batch: Batch): Promise<BatchOutcome> => {
  const done = await outcome;
  if (done.kind === 'ok') return { kind: 'answered', value: answerIn(batch, done.value) };
  return { kind: 'failed', trouble: troubleOf(done.failure), applied: done.failure.applied };
};

/**
 * Sets rows. They are read first, unless they just were: a variation that its parent manages would take a figure that
 * nobody sees.
 *
 * @throws RangeError for more than the largest batch, or a quantity that no row can hold.
 */
export const writeOf =
  ({ client, items, rowsRead }: PortContext): ChannelPort<WooCommerceOrder>['write'] =>
  async (changes, signal) => {
    const keys = changes.map(({ row }) => row);
    assertQuantities(changes.map(({ row, quantity }) => ({ id: idOf(row), quantity })));
    const seen = rowsRead.find(keys);
    const rows = seen ? ({ kind: 'ok', value: seen } as const) : await readRows(items, keys, signal);
    if (rows.kind === 'failed') return troubledBy(rows.failure);
    const there = changes.filter(({ row }) => rows.value.has(row));
    const gone = keys.filter((row) => !rows.value.has(row)).map(missing);
    const batches = batchesOf(there).map((batch) => ({
      keys: [...batch.keys.values()],
      send: () => sent(writeStock(client, batch, signal), batch),
    }));
    return sendBatches(batches, gone);
  };
