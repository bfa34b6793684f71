import { type ReadRows } from '#channel-kit';
import { piecesWithinAddress, readEach } from '#shop-http';
import { keyOf } from '../effects/index.js';
import { readAllRows } from '../reading/index.js';
import { anyOf, type Client, type Outcome, type StockAvailable, stockAvailables } from '../webservice/index.js';
import { answered, troubledBy } from './trouble.js';

const keyPattern = /^(\d{1,10})-(\d{1,10})@s\d{1,10}g\d{1,10}$/u;

const partsOf = (key: string): readonly [productId: string, attributeId: string] | undefined => {
  const [, productId, attributeId] = keyPattern.exec(key) ?? [];
  return productId === undefined || attributeId === undefined ? undefined : [productId, attributeId];
};

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];

const readChunk = async (
  client: Client,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Outcome<readonly StockAvailable[]>> => {
  const parts = keys.flatMap((key) => [partsOf(key)].filter((part) => part !== undefined));
  if (parts.length === 0) return { kind: 'ok', value: [] };
  const filters = [
    anyOf('id_product', distinct(parts.map(([productId]) => productId))),
    anyOf('id_product_attribute', distinct(parts.map(([, attributeId]) => attributeId))),
  ];
  return readAllRows(client, stockAvailables, { filters }, signal);
};

/**
 * Rows by their keys, found by product and combination and never by an id that was kept: a shop restored from a backup
 * gives its ids anew.
 */
export const rowsIn =
  (client: Client): ReadRows<StockAvailable> =>
  async (keys, signal) => {
    const pieces = piecesWithinAddress(keys, (key) => partsOf(key) ?? []);
    const read = await readEach(pieces, (some) => readChunk(client, some, signal));
    if (read.kind === 'failed') return troubledBy(read.failure);
    return answered(new Map(read.value.map((row) => [keyOf(row), row] as const)));
  };
