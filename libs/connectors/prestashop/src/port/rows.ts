import { piecesWithinAddress } from '#shop-http';
import { keyOf } from '../effects/index.js';
import { readAllRows } from '../reading/index.js';
import { anyOf, type Client, type Outcome, type StockAvailable, stockAvailables } from '../webservice/index.js';

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
 * gives its ids anew. Rows that are not there are left out.
 */
export const readRows = async (
  client: Client,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Outcome<ReadonlyMap<string, StockAvailable>>> => {
  const rows = new Map<string, StockAvailable>();
  for (const chunk of piecesWithinAddress(keys, (key) => partsOf(key) ?? [])) {
    const read = await readChunk(client, chunk, signal);
    if (read.kind === 'failed') return read;
    const asked = new Set(chunk);
    for (const row of read.value) if (asked.has(keyOf(row))) rows.set(keyOf(row), row);
  }
  return { kind: 'ok', value: rows };
};
