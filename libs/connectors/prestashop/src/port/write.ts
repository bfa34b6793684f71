import { type ChannelPort, type RowWriter, setRows } from '#channel-kit';
import { keyOf } from '../effects/index.js';
import { type Failure, type StockAvailable, type StockWrite, writeStock } from '../webservice/index.js';
import { type PrestashopOrder } from './order.js';
import { type ShopSettings } from './settings.js';
import { type PortContext, shopInGroup } from './shop.js';
import { batchOf, troubledBy } from './trouble.js';

const missing = {
  code: 'row_missing',
  detail: 'The shop has no such row any more: the product or its combination was deleted, or moved to another shop.',
};

const dependent = {
  code: 'depends_on_stock',
  detail: 'The row is kept by the advanced stock management of old: switch that off for the product.',
};

/** Before 9 one such row would end a whole request. */
const isDependent = (row: StockAvailable, { view }: ShopSettings): boolean =>
  view.family !== '9' && row.dependsOnStock === 1;

/** The sum of a product's combinations in a sharing group is kept up only where the request names one of its shops. */
const contextShop = (row: StockAvailable, settings: ShopSettings): number | undefined =>
  row.shopId === 0 && row.attributeId !== 0 ? shopInGroup(settings, row.shopGroupId) : undefined;

/** What is refused when it stands alone was not written; among others, rows before it were. */
const certain = (failure: Failure, writes: readonly StockWrite[]): Failure =>
  writes.length === 1 && (failure.kind === 'refused' || failure.kind === 'not_found')
    ? { ...failure, applied: 'no' }
    : failure;

/** What a request needs of a row, its id and before 8 all of its fields, must be what the shop has now. */
const writerOf = (
  { client, rows }: PortContext,
  settings: ShopSettings,
): RowWriter<StockAvailable, number | undefined> => ({
  rows,
  missing,
  unfit: (row) => (isDependent(row, settings) ? dependent : undefined),
  groupOf: ({ row }) => contextShop(row, settings),
  send: async (shopId, some, signal) => {
    const writes = some.map(({ row, change: { quantity } }) => ({ row, quantity }));
    const context = { family: settings.view.family, ...(shopId !== undefined && { shopId }) };
    const done = await writeStock(client, writes, context, signal);
    return done.kind === 'ok'
      ? batchOf({ kind: 'ok', value: { written: writes.map(({ row }) => keyOf(row)), failed: [] } })
      : batchOf({ kind: 'failed', failure: certain(done.failure, writes) });
  },
});

/**
 * Sets rows.
 *
 * @throws RangeError for more than the largest batch, a row twice, or a quantity that no row can hold.
 */
export const writeOf =
  (context: PortContext): ChannelPort<PrestashopOrder>['write'] =>
  async (changes, signal) => {
    const known = await context.settings(signal);
    return known.kind === 'failed'
      ? troubledBy(known.failure)
      : setRows(writerOf(context, known.value), changes, signal);
  };
