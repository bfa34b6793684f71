import { positionOf } from '#event-sourcing';
import type { Pool } from '#postgres';
import { quotaStandingOf, type Quota } from '#stock';
import { run } from '../sql.js';
import { readSkuRows } from '../supply/sku-rows.js';
import { unsourcedChannelOf } from '../supply/supply-of.js';
import { balancesOf } from './balances-of.js';
import { oversoldLineOf } from './oversold-line.js';
import type { OwedRow } from './oversold-line.js';
import { queryStatements as sql } from './statements.js';
import type { LocationBalance, Queries } from './types.js';

/** Oversold lines that a SKU's answer lists: those that are served first. */
const oversoldLinesMax = 100;

type QuotaRow = Quota & { readonly fenced: number };

export const stockQueries = (pool: Pool): Pick<Queries, 'stockOf'> => ({
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
      oversoldLines: owed.map(oversoldLineOf),
      quotas: quotas.map(({ fenced, ...quota }) => quotaStandingOf(quota, fenced)),
    };
  },
});

/** Units owed that no place covers stand below zero at `unsourced:<channel>`. */
const oversoldOf = (locations: readonly LocationBalance[]): number =>
  locations
    .filter(({ location }) => unsourcedChannelOf(location) !== undefined)
    .reduce((sum, { sellable }) => sum + Math.max(0, -sellable), 0);
