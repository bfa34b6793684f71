import {
  type Answer,
  type BatchOutcome,
  type ChannelPort,
  groupedBy,
  type RowChange,
  sendBatches,
  type WriteAnswer,
} from '#channel-kit';
import {
  compareAndSet,
  isQuantity,
  ok,
  type Outcome,
  type RowOutcome,
  type StockBatch,
  writeRowsMax,
  writeStock,
} from '../rest/index.js';
import { type PortContext } from './context.js';
import { type WooCommerceOrder } from './order.js';
import { placeOf } from './rows.js';
import { batchOf } from './trouble.js';

type FailedRow = WriteAnswer['failed'][number];

/** The keys of rows by what the shop calls them. */
type Keys = ReadonlyMap<number, string>;

type Batch = StockBatch & { readonly keys: Keys };

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

const idOf = (row: string): number => {
  const { productId = 0, variationId = 0 } = placeOf(row) ?? {};
  return variationId === 0 ? productId : variationId;
};

/** Products in one request, variations in one for each of their products. */
const resourceOf = ({ row }: RowChange): string => {
  const { productId = 0, variationId = 0 } = placeOf(row) ?? {};
  return variationId === 0 ? 'products/batch' : `products/${productId}/variations/batch`;
};

const keysOf = (changes: readonly RowChange[]): Keys => new Map(changes.map(({ row }) => [idOf(row), row]));

const batchesOf = (changes: readonly RowChange[]): readonly Batch[] =>
  [...groupedBy(changes, resourceOf)].map(([resource, some]) => ({
    resource,
    rows: some.map(({ row, quantity }) => ({ id: idOf(row), quantity })),
    keys: keysOf(some),
  }));

const failedRow = (row: string, outcome: RowOutcome): readonly FailedRow[] => {
  switch (outcome.kind) {
    case 'refused':
      return [{ row, code: 'refused', detail: `The shop refuses the row: ${outcome.message} (${outcome.code}).` }];
    case 'conflict':
      return [{ row, code: 'conflict', detail: `The row shows ${String(outcome.shown)}.` }];
    case 'missing':
      return [missing(row)];
    case 'ignored':
      return [ignored(row)];
    case 'written':
    case 'silent':
      return [];
  }
};

/** A row of which the answer does not say enough is in neither list. */
const answerIn = (keys: Keys, outcomes: readonly RowOutcome[]): WriteAnswer => {
  const rows = outcomes.map((outcome) => ({ outcome, row: keys.get(outcome.id) ?? '' }));
  return {
    written: rows.filter(({ outcome }) => outcome.kind === 'written').map(({ row }) => row),
    failed: rows.flatMap(({ outcome, row }) => failedRow(row, outcome)),
  };
};

const outcomeIn = (done: Outcome<readonly RowOutcome[]>, keys: Keys): BatchOutcome =>
  batchOf(done.kind === 'ok' ? ok(answerIn(keys, done.value)) : done);

/**
 * Rows are read first, unless they just were: a variation that its parent manages would take a figure that nobody sees.
 */
const setPlainly = async (
  { client, rows }: PortContext,
  changes: readonly RowChange[],
  signal: AbortSignal,
): Promise<Answer<WriteAnswer>> => {
  const keys = changes.map(({ row }) => row);
  const shown = await rows.lately(keys, signal);
  if (shown.kind === 'trouble') return shown;
  const there = changes.filter(({ row }) => shown.value.has(row));
  const gone = keys.filter((row) => !shown.value.has(row)).map(missing);
  const batches = batchesOf(there).map((batch) => ({
    keys: [...batch.keys.values()],
    send: async () => outcomeIn(await writeStock(client, batch, signal), batch.keys),
  }));
  return sendBatches(batches, gone);
};

/** By the plugin, which looks at each row itself. Undefined: it is not there any more, and nothing was written. */
const setWhereExpected = async (
  { client, found }: PortContext,
  changes: readonly RowChange[],
  signal: AbortSignal,
): Promise<Answer<WriteAnswer> | undefined> => {
  const rows = changes.map(({ row, expected, quantity }) => ({ id: idOf(row), expected, quantity }));
  const done = await compareAndSet(client, rows, signal);
  if (done.kind === 'failed' && done.failure.kind === 'api_off') {
    Object.assign(found, { hasPlugin: false, lostPlugin: true });
    return undefined;
  }
  const keys = keysOf(changes);
  return sendBatches([{ keys: [...keys.values()], send: () => Promise.resolve(outcomeIn(done, keys)) }], []);
};

/**
 * Sets rows: where they show what is expected as long as the shop has the plugin, else whatever they show.
 *
 * @throws RangeError for more than the largest batch, or a quantity that no row can hold.
 */
export const writeOf =
  (context: PortContext): ChannelPort<WooCommerceOrder>['write'] =>
  async (changes, signal) => {
    if (changes.length > writeRowsMax) throw new RangeError(`${writeRowsMax} rows at most, not ${changes.length}`);
    const wrong = changes.find(({ quantity }) => !isQuantity(quantity));
    if (wrong !== undefined) throw new RangeError(`${wrong.row} cannot hold ${String(wrong.quantity)}`);
    // What no row should show cannot be named as expected.
    const isConditional = context.found.hasPlugin && changes.every(({ expected }) => isQuantity(expected));
    const answer = isConditional ? await setWhereExpected(context, changes, signal) : undefined;
    return answer ?? setPlainly(context, changes, signal);
  };
