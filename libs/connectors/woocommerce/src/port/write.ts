import { type RowChange, type RowVerdict, writeBy } from '#channel-kit';
import { createStockRoute, type Json, objectIn, sendRows, type StockRoute } from '#shop-http';
import { soldAt } from '../effects/views.js';
import { type Client } from '../rest/client.js';
import { answerOf, batchOf, type Failure } from '../rest/failure.js';
import { type PortContext, type WooCommercePort } from './context.js';

/** The shop takes no more rows at once. Its own column holds larger figures, tables of plugins do not. */
export const writeBounds = { rowsMax: 100, quantityMin: 1 - 2 ** 31, quantityMax: 2 ** 31 - 1 };

const missing = {
  code: 'row_missing',
  detail:
    'The shop keeps no stock in this row: the product or its variation was deleted, its stock is not managed any more, or its parent manages it now.',
};

const ignored = {
  code: 'row_ignored',
  detail:
    'The shop took the figure and keeps none here: switch stock management on for this product, and in the settings of the shop.',
};

/** Where a row is set: products go in one request, variations in one for each of their products. */
const placeOf = (row: string): { readonly id: number; readonly batch: string } => {
  const { productId = 0, variationId = 0 } = soldAt(row) ?? {};
  return variationId === 0
    ? { id: productId, batch: 'products/batch' }
    : { id: variationId, batch: `products/${productId}/variations/batch` };
};

const idOf = (row: string): number => placeOf(row).id;

const refusalIn = (error: unknown): RowVerdict => {
  const { code, message } = objectIn(error, 'the error of a row');
  if (String(code).endsWith('_invalid_id')) return missing;
  return { code: 'refused', detail: `The shop refuses the row: ${String(message)} (${String(code)}).` };
};

/** Of a variation that shows its parent's figure the parent's is answered, which nobody has changed. */
const inBatch = (row: Json, { quantity }: RowChange): RowVerdict => {
  if (row['error'] !== undefined) return refusalIn(row['error']);
  if (row['manage_stock'] !== true) return ignored;
  return row['stock_quantity'] === quantity ? 'written' : undefined;
};

/**
 * Sets quantities in one request of this address, and answers what became of each. It is not one piece: rows behind a refused
 * one are written. Whether stock is managed is never changed.
 */
const writeStock = (client: Client, resource: string, changes: readonly RowChange[], signal: AbortSignal) => {
  const update = changes.map(({ row, quantity }) => ({ id: idOf(row), stock_quantity: quantity }));
  return sendRows(client, { resource, json: { update }, list: 'update', idOf, judge: inBatch }, changes, signal);
};

const pluginGone =
  'The plugin of the ledger does not answer in the shop any more: figures are set without comparing them before. Switch it on again under Plugins.';

/** Of the plugin in the shop: beside REST v3, under the same key. */
const namespace = '../../wc-stockledger/v1';

/** The plugin's route. WordPress names all that there are of a namespace. */
export const pluginIn = (client: Client): StockRoute =>
  createStockRoute<Failure>({
    ...{ client, idOf, missing, unmanaged: ignored, answerOf, batchOf },
    ...{ namedAt: namespace, resource: `${namespace}/stock` },
    isNamed: (json) => '/wc-stockledger/v1/stock' in objectIn(objectIn(json, 'the plugin')['routes'], 'routes'),
    isAbsent: ({ kind }) => kind === 'api_off',
    gone: { code: 'plugin_gone', detail: pluginGone },
  });

/**
 * Sets rows: where they show what is expected as long as the shop has the plugin, which looks at each row itself; else whatever
 * they show. Of those a variation that its parent manages would take a figure that nobody sees.
 *
 * @throws RangeError for more than the largest batch, or a quantity that no row can hold.
 */
export const writeOf = ({ client, plugin, rows }: PortContext): WooCommercePort['write'] =>
  writeBy<number, string>({
    bounds: writeBounds,
    plainly: {
      ...{ rows, missing, groupOf: ({ change }) => placeOf(change.row).batch },
      send: async (resource, writes, signal) => {
        const changes = writes.map(({ change }) => change);
        return batchOf(await writeStock(client, resource, changes, signal));
      },
    },
    whereExpected: plugin.write,
  });
