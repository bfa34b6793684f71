import type { Hint, RowKey } from '../port/channel-port.js';
import { headerOf, type Headers, isSame, saidIn, signatureOf } from './message.js';

/** Clocks differ, and a message may wait: what is older is not believed, so that nobody can send it again later. */
const skewMillisMax = 300_000;

/** More orders than one message of the module holds. */
const hintsMax = 1_000;

const isRecent = (timestamp: string, nowMillis: number): boolean =>
  /^\d{1,12}$/u.test(timestamp) && Math.abs(Number(timestamp) * 1_000 - nowMillis) <= skewMillisMax;

const isId = (value: unknown): boolean => /^[1-9]\d{0,9}$/u.test(String(value));

const idsIn = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('orderId' in value) return [value.orderId];
  return 'orders' in value && Array.isArray(value.orders) ? value.orders : [];
};

const ordersIn = (value: unknown): readonly Hint[] => {
  const ids = idsIn(value).filter(isId).slice(0, hintsMax).map(String);
  return [...new Set(ids)].map((order) => ({ order }));
};

/** What an event of a figure names: a product, and a variation of it, 0 for none. */
export type RowNamer = (productId: number, variationId: number) => RowKey;

type StockHint = { readonly productId?: unknown; readonly variationId?: unknown; readonly quantity?: unknown };

const stockIn = (value: unknown): StockHint | undefined => {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'stock_set') return undefined;
  return 'hint' in value && typeof value.hint === 'object' && value.hint !== null ? value.hint : undefined;
};

/** A figure that was set, by somebody or by the shop itself. */
const rowsIn = (value: unknown, rowOf: RowNamer): readonly Hint[] => {
  const { productId, variationId = 0, quantity } = stockIn(value) ?? {};
  if (!isId(productId) || !(variationId === 0 || isId(variationId))) return [];
  const row = rowOf(Number(productId), Number(variationId));
  return [{ row, ...(Number.isSafeInteger(quantity) && { figure: Number(quantity) }) }];
};

/** Whether a message says that one of our modules wrote it, in a shop that may have messages of its own. */
export const isOfModule = (headers: Headers): boolean => headerOf(headers, 'x-ledger-signature') !== '';

/**
 * Reads a message of a shop's module, an event with its `orderId` or `{"orders": [12, 13]}`, signed as `v1=` and the hex of
 * HMAC-SHA256 over the timestamp (seconds since 1970), a full stop and the body as it came. An event of a figure names its row,
 * where the shop's rows can be named by it; one about something else is believed and names nothing. Without a secret nothing is
 * believed.
 */
export const verifyModuleMessageWith =
  (secret: string | undefined, rowOf?: RowNamer) =>
  (body: Uint8Array, headers: Headers, nowMillis: number): readonly Hint[] | undefined => {
    const timestamp = headerOf(headers, 'x-ledger-timestamp');
    const signature = headerOf(headers, 'x-ledger-signature');
    if (secret === undefined || secret === '' || headerOf(headers, 'x-ledger-event-id') === '') return undefined;
    const expected = `v1=${signatureOf(secret, 'hex', `${timestamp}.`, body)}`;
    if (!isRecent(timestamp, nowMillis) || !isSame(expected, signature)) return undefined;
    const said = saidIn(body);
    return [...ordersIn(said), ...(rowOf === undefined ? [] : rowsIn(said, rowOf))];
  };
