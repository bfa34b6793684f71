import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** Units on hand that a whole replay must end with, by SKU. */
export type Oracle = ReadonlyMap<string, number>;

/** The file has no such column, or no number in it. */
export class OracleError extends Error {
  override readonly name = 'OracleError';
}

/** Reads a file with the columns stock_code, is_stock, opening_needed and ledger_delta; goods only. */
export const readOracle = async (file: string): Promise<Oracle> => {
  const stream = createReadStream(file);
  const parser = stream.pipe(parse({ columns: true, bom: true }));
  stream.on('error', (error) => parser.destroy(error));
  const onHand = new Map<string, number>();
  for await (const record of parser as AsyncIterable<Record<string, string>>) {
    const sku = columnOf(record, 'stock_code');
    if (columnOf(record, 'is_stock') !== '1') continue;
    onHand.set(sku, integerOf(record, 'opening_needed') + integerOf(record, 'ledger_delta'));
  }
  return onHand;
};

const columnOf = (record: Record<string, string>, column: string): string => {
  const value = record[column];
  if (value === undefined) throw new OracleError(`the oracle has no column ${column}`);
  return value;
};

const integerOf = (record: Record<string, string>, column: string): number => {
  const value = Number(columnOf(record, column));
  if (!Number.isSafeInteger(value))
    throw new OracleError(`${column} of ${columnOf(record, 'stock_code')} is no integer`);
  return value;
};

/** A SKU whose stock on hand is not what it must be. */
export type WrongSku = { readonly sku: string; readonly expected: number; readonly onHand: number };

/** Both ways: what the oracle knows, and what the ledger has beside it. A SKU never seen has nothing on hand. */
export const wrongSkus = (oracle: Oracle, onHand: ReadonlyMap<string, number>): WrongSku[] =>
  [...new Set([...oracle.keys(), ...onHand.keys()])].flatMap((sku) => {
    const [expected, found] = [oracle.get(sku) ?? 0, onHand.get(sku) ?? 0];
    return expected === found ? [] : [{ sku, expected, onHand: found }];
  });
