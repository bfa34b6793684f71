import {
  type BatchOutcome,
  type ChannelPort,
  groupedBy,
  type RowChange,
  sendBatches,
  type WriteAnswer,
} from '#channel-kit';
import { keyOf } from '../effects/index.js';
import {
  type Failure,
  type Outcome,
  type StockAvailable,
  type StockWrite,
  type WriteContext,
  writeStock,
} from '../webservice/index.js';
import { type PrestashopOrder } from './order.js';
import { type ShopSettings } from './settings.js';
import { type PortContext, shopInGroup } from './shop.js';
import { batchOf, troubledBy } from './trouble.js';

type FailedRow = WriteAnswer['failed'][number];

/** Rows that go in one request: those of one context. */
type Batch = { readonly context: WriteContext; readonly writes: readonly StockWrite[] };

type Sorted = { readonly batches: readonly Batch[]; readonly failed: readonly FailedRow[] };

const missing = (row: string): FailedRow => ({
  row,
  code: 'row_missing',
  detail: 'The shop has no such row any more: the product or its combination was deleted, or moved to another shop.',
});

const dependent = (row: string): FailedRow => ({
  row,
  code: 'depends_on_stock',
  detail: 'The row is kept by the advanced stock management of old: switch that off for the product.',
});

/** Before 9 one such row would end a whole request. */
const isDependent = (row: StockAvailable, { view }: ShopSettings): boolean =>
  view.family !== '9' && row.dependsOnStock === 1;

/** The sum of a product's combinations in a sharing group is kept up only where the request names one of its shops. */
const contextShop = (row: StockAvailable, settings: ShopSettings): number | undefined =>
  row.shopId === 0 && row.attributeId !== 0 ? shopInGroup(settings, row.shopGroupId) : undefined;

const batchesOf = (writes: readonly StockWrite[], settings: ShopSettings): readonly Batch[] =>
  [...groupedBy(writes, ({ row }) => contextShop(row, settings))].map(([shopId, some]) => ({
    context: { family: settings.view.family, ...(shopId !== undefined && { shopId }) },
    writes: some,
  }));

const sorted = (
  changes: readonly RowChange[],
  rows: ReadonlyMap<string, StockAvailable>,
  settings: ShopSettings,
): Sorted => {
  const failed: FailedRow[] = [];
  const writes: StockWrite[] = [];
  for (const { row: key, quantity } of changes) {
    const row = rows.get(key);
    if (row === undefined) failed.push(missing(key));
    else if (isDependent(row, settings)) failed.push(dependent(key));
    else writes.push({ row, quantity });
  }
  return { batches: batchesOf(writes, settings), failed };
};

/** What is refused when it stands alone was not written; among others, rows before it were. */
const certain = (failure: Failure, { writes }: Batch): Failure =>
  writes.length === 1 && (failure.kind === 'refused' || failure.kind === 'not_found')
    ? { ...failure, applied: 'no' }
    : failure;

const keysOf = ({ writes }: Batch): readonly string[] => writes.map(({ row }) => keyOf(row));

const sent = async (outcome: Promise<Outcome<unknown>>, batch: Batch): Promise<BatchOutcome> => {
  const done = await outcome;
  if (done.kind === 'ok') return batchOf({ kind: 'ok', value: { written: keysOf(batch), failed: [] } });
  return batchOf({ kind: 'failed', failure: certain(done.failure, batch) });
};

/**
 * Sets rows. They are read first, unless they just were: what a request needs of a row, its id and before 8 all of its fields, must be what the
 * shop has now.
 *
 * @throws RangeError for more than the largest batch, a row twice, or a quantity that no row can hold.
 */
export const writeOf =
  ({ client, settings, rows }: PortContext): ChannelPort<PrestashopOrder>['write'] =>
  async (changes, signal) => {
    const known = await settings(signal);
    if (known.kind === 'failed') return troubledBy(known.failure);
    const keys = changes.map(({ row }) => row);
    const shown = await rows.lately(keys, signal);
    if (shown.kind === 'trouble') return shown;
    const sending = sorted(changes, shown.value, known.value);
    const batches = sending.batches.map((batch) => ({
      keys: keysOf(batch),
      send: () => sent(writeStock(client, batch.writes, batch.context, signal), batch),
    }));
    return sendBatches(batches, sending.failed);
  };
