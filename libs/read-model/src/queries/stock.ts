import { positionOf } from '#event-sourcing';
import type { Instant, Revision } from '#event-sourcing';
import type { Pool } from '#postgres';
import { quotaStandingOf, type Quota } from '#stock';
import { run } from '../sql.js';
import { readSkuRows } from '../supply/sku-rows.js';
import { unsourcedChannelOf } from '../supply/supply-of.js';
import { balancesOf } from './balances-of.js';
import { cursorOf, keyOfCursor } from './cursor.js';
import { pageOf, rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import type { LocationBalance, OversoldLine, Queries } from './types.js';

/** Oversold lines that a SKU's answer lists: those that are served first. */
const oversoldLinesMax = 100;

type OwedRow = {
  readonly sku: string;
  readonly channel: string;
  readonly order_key: string;
  readonly line: string;
  readonly quantity: number;
  readonly paid: boolean;
  readonly placed_at: Instant;
  readonly revision: Revision;
};

type QuotaRow = Quota & { readonly fenced: number };

const lineOf = ({ order_key, placed_at, ...row }: OwedRow): OversoldLine => ({
  ...row,
  orderKey: order_key,
  placedAt: placed_at,
});

export const stockQueries = (pool: Pool): Pick<Queries, 'stockOf' | 'oversold'> => ({
  stockOf: async (sku) => {
    const [row] = await readSkuRows(pool, [sku]);
    if (row === undefined) return undefined;
    const { at, revision, position, opened_at: openedAt } = row;
    const locations = balancesOf(row);
    const [holds] = await run<{ holds: number; units: number }>(pool, sql['count-open-holds'], [sku, at]);
    const owed = await run<OwedRow>(pool, sql['read-owed-of-sku'], [sku, oversoldLinesMax]);
    const quotas = await run<QuotaRow>(pool, sql['read-quotas'], [sku]);
    return {
      sku,
      at,
      revision,
      position: positionOf(position),
      openedAt,
      locations,
      onHand: locations.reduce((sum, { onHand }) => sum + onHand, 0),
      openHolds: holds?.holds ?? 0,
      heldUnits: holds?.units ?? 0,
      oversold: oversoldOf(locations),
      oversoldLines: owed.map(lineOf),
      quotas: quotas.map(({ fenced, ...quota }) => quotaStandingOf(quota, fenced)),
    };
  },
  oversold: async (page) => {
    const size = rowsOf(page);
    const rows = await run<OwedRow>(pool, sql['list-owed'], [...keyOfCursor(page.after, 4), size + 1]);
    return pageOf(rows.map(lineOf), size, (line) => cursorOf(line.sku, line.channel, line.orderKey, line.line));
  },
});

/** Units owed that no place covers stand below zero at `unsourced:<channel>`. */
const oversoldOf = (locations: readonly LocationBalance[]): number =>
  locations
    .filter(({ location }) => unsourcedChannelOf(location) !== undefined)
    .reduce((sum, { sellable }) => sum + Math.max(0, -sellable), 0);
