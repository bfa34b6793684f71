import type { RowRecord } from '#channel-kit';
import { textArray, type Queryable } from '#postgres';
import { ask, present } from './ask.js';
import { sql } from './statements.js';

/** What a shop sells, as it says itself. */
export type FoundListing = {
  readonly row: string;
  /** As order lines and holds name it: `42`, `42:7`. */
  readonly listing: string;
  readonly title: string;
  readonly references: readonly string[];
  /** Why it cannot be kept right as it is. */
  readonly barred: string | undefined;
};

/** With what the ledger says of it. */
export type KeptListing = FoundListing & {
  readonly sku: string | undefined;
  readonly unitsPerSale: number;
  readonly record: RowRecord | undefined;
};

/** What the ledger says that a listing sells. */
export type ListingMapping = { readonly listing: string; readonly sku: string; readonly unitsPerSale: number };

/** @param readingAt when the reading of all listings began that shows these */
export const saveListings = async (
  on: Queryable,
  channel: string,
  listings: readonly FoundListing[],
  { now, readingAt }: { readonly now: number; readonly readingAt: number },
): Promise<void> => {
  if (listings.length > 0) await ask(on, sql['sync-listings'], [channel, JSON.stringify(listings), now, readingAt]);
};

/** A reading of all listings that began then has ended: what it did not show is not there any more. Answers what was. */
export const forgetListings = async (on: Queryable, channel: string, readingAt: number) => {
  const gone = await ask<{ row: string; sku: string | null }>(on, sql['gone-listings'], [channel, readingAt]);
  return gone.map(({ row, sku }) => ({ row, sku: present(sku) }));
};

export const mapListings = async (
  on: Queryable,
  channel: string,
  mappings: readonly ListingMapping[],
  now: number,
): Promise<void> => {
  const rows = mappings.map(({ unitsPerSale, ...mapping }) => ({ ...mapping, units_per_sale: unitsPerSale }));
  if (rows.length > 0) await ask(on, sql['map-rows'], [channel, JSON.stringify(rows), now]);
};

/** Of these rows those of which somebody has said what they sell, whether they are kept right or not. */
export const mappedRows = async (
  on: Queryable,
  channel: string,
  rows: readonly string[],
): Promise<readonly string[]> => {
  if (rows.length === 0) return [];
  const mapped = await ask<{ row: string }>(on, sql['mapped-rows'], [channel, textArray(rows)]);
  return mapped.map(({ row }) => row);
};

/** A page, in the order of rows. */
export const listListings = async (
  on: Queryable,
  channel: string,
  after: string,
  limit: number,
): Promise<readonly KeptListing[]> => {
  type Row = Omit<FoundListing, 'barred'> & {
    readonly sku: string | null;
    readonly units_per_sale: number;
    readonly barred: string | null;
    readonly record: RowRecord | null;
  };
  const rows = await ask<Row>(on, sql['list-listings'], [channel, after, limit]);
  return rows.map(({ units_per_sale: unitsPerSale, sku, barred, record, ...row }) => ({
    ...{ ...row, unitsPerSale, sku: present(sku), barred: present(barred), record: present(record) },
  }));
};

/** When the listings of a shop were read last, in milliseconds since 1970; 0: never. */
export const listingsReadAt = async (on: Queryable, channel: string): Promise<number> => {
  const [row] = await ask<{ read_at: number }>(on, sql['find-catalogue'], [channel]);
  return row?.read_at ?? 0;
};

export const saveListingsReadAt = async (on: Queryable, channel: string, at: number): Promise<void> => {
  await ask(on, sql['save-catalogue'], [channel, at]);
};
