import { answerByRow, type RowChange, type RowVerdict, type WriteAnswer, writeBy } from '#channel-kit';
import { ask, type Json, objectIn, ok, rowsIn, text } from '#shop-http';
import { soldAt } from '../effects/views.js';
import { type Client } from '../rest/client.js';
import { batchOf, type Outcome } from '../rest/failure.js';
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

const idOf = (row: string): number => {
  const { productId = 0, variationId = 0 } = soldAt(row) ?? {};
  return variationId === 0 ? productId : variationId;
};

type Judge = (row: Json, change: RowChange) => RowVerdict;

/** What the shop says of each row, in a list of the answer. */
const send = (
  client: Client,
  request: { readonly resource: string; readonly json: unknown; readonly list: string },
  changes: readonly RowChange[],
  judge: Judge,
  signal: AbortSignal,
): Promise<Outcome<WriteAnswer>> => {
  const { resource, json, list } = request;
  const read = (answer: unknown): WriteAnswer => {
    const rows = new Map(rowsIn(objectIn(answer, 'the answer'), list).map((row) => [row['id'], row]));
    return answerByRow(
      changes.map((change) => {
        const row = rows.get(idOf(change.row));
        return [change.row, row === undefined ? undefined : judge(row, change)];
      }),
    );
  };
  return ask(client, { method: 'POST', resource, json }, read, signal);
};

const refusalIn = (error: unknown): RowVerdict => {
  const { code, message } = objectIn(error, 'the error of a row');
  if (String(code).endsWith('_invalid_id')) return missing;
  return { code: 'refused', detail: `The shop refuses the row: ${String(message)} (${String(code)}).` };
};

/** Of a variation that shows its parent's figure the parent's is answered, which nobody has changed. */
const inBatch: Judge = (row, { quantity }) => {
  if (row['error'] !== undefined) return refusalIn(row['error']);
  if (row['manage_stock'] !== true) return ignored;
  return row['stock_quantity'] === quantity ? 'written' : undefined;
};

/** Products go in one request, variations in one for each of their products. */
const batchOfRow = (row: string): string => {
  const { productId = 0, variationId = 0 } = soldAt(row) ?? {};
  return variationId === 0 ? 'products/batch' : `products/${productId}/variations/batch`;
};

/**
 * Sets quantities in one request of this address, and answers what became of each. It is not one piece: rows behind a refused
 * one are written. Whether stock is managed is never changed. A failure with `applied` unknown may have written some of them.
 */
const writeStock = (client: Client, resource: string, changes: readonly RowChange[], signal: AbortSignal) => {
  const update = changes.map(({ row, quantity }) => ({ id: idOf(row), stock_quantity: quantity }));
  return send(client, { resource, json: { update }, list: 'update' }, changes, inBatch, signal);
};

/** Of the plugin in the shop: beside REST v3, under the same key. */
const namespace = '../../wc-stockledger/v1';

/** Whether the shop has the plugin's route, which sets figures where they are what is expected. */
export const hasStockRoute = async (client: Client, signal: AbortSignal): Promise<Outcome<boolean>> => {
  const isNamed = (json: unknown): boolean =>
    '/wc-stockledger/v1/stock' in objectIn(objectIn(json, 'the plugin')['routes'], 'routes');
  const named = await ask(client, { method: 'GET', resource: namespace }, isNamed, signal);
  return named.kind === 'failed' && named.failure.kind === 'api_off' ? ok(false) : named;
};

/** Of what the database may or may not have done nothing is said. */
const byPlugin: Judge = (row) => {
  switch (text(row, 'result')) {
    case 'written':
      return 'written';
    case 'conflict':
      return { code: 'conflict', detail: `The row shows ${String(row['quantity'])}.` };
    case 'unfit':
      return row['reason'] === 'not_managed' ? ignored : missing;
    default:
      return undefined;
  }
};

/** Sets each row that shows what is expected, in one statement of its own, and answers what became of each. */
const compareAndSet = (client: Client, changes: readonly RowChange[], signal: AbortSignal) => {
  const rows = changes.map(({ row, expected, quantity }) => ({ id: idOf(row), expected, quantity }));
  return send(client, { resource: `${namespace}/stock`, json: { rows }, list: 'rows' }, changes, byPlugin, signal);
};

/**
 * Sets rows: where they show what is expected as long as the shop has the plugin, which looks at each row itself; else whatever
 * they show. Of those a variation that its parent manages would take a figure that nobody sees.
 *
 * @throws RangeError for more than the largest batch, or a quantity that no row can hold.
 */
export const writeOf = ({ client, found, rows }: PortContext): WooCommercePort['write'] =>
  writeBy<number, string>({
    bounds: writeBounds,
    plainly: {
      ...{ rows, missing, groupOf: ({ change }) => batchOfRow(change.row) },
      send: async (resource, writes, signal) => {
        const changes = writes.map(({ change }) => change);
        return batchOf(await writeStock(client, resource, changes, signal));
      },
    },
    whereExpected: async (changes, signal) => {
      if (!found.hasPlugin) return undefined;
      const done = await compareAndSet(client, changes, signal);
      if (done.kind === 'ok' || done.failure.kind !== 'api_off') return batchOf(done);
      Object.assign(found, { hasPlugin: false, lostPlugin: true });
      return undefined;
    },
  });
