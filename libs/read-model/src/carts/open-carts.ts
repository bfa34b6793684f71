import type { Instant } from '#event-sourcing';
import { loadStatements } from '#postgres';
import type { Pool } from '#postgres';
import { run } from '../sql.js';

const sql = loadStatements(new URL('./sql/', import.meta.url), ['read-open-carts']);

/** A reservation and the SKUs of which it holds something. */
export type OpenCart = readonly [reservation: string, skus: readonly string[]];
type Row = { readonly reservation: string; readonly skus: readonly string[] };

/**
 * Reservations that are open at `now`, as far as the fold has come: what a write side remembers at its start. Of more
 * than `cartsMax` those that live longest; the longest-lived comes last, as if it had been set last.
 */
export const readOpenCarts = async (pool: Pool, now: Instant, cartsMax: number): Promise<readonly OpenCart[]> => {
  const rows = await run<Row>(pool, sql['read-open-carts'], [now, cartsMax]);
  return rows.toReversed().map(({ reservation, skus }): OpenCart => [reservation, skus]);
};
