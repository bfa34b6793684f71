import type { BundleRecipe, DispatchPolicy } from '#atp';
import { positionOf } from '#event-sourcing';
import type { Instant } from '#event-sourcing';
import type { Pool } from '#postgres';
import { run } from '../sql.js';
import { readChannels } from '../supply/channels.js';
import { cursorOf, keyOfCursor } from './cursor.js';
import { pageOf, rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import type { ListingRow, LocationRow, ProjectionStatus, Queries } from './types.js';

type StoredListing = Omit<ListingRow, 'unitsPerSale'> & { readonly variant: string; readonly units_per_sale: number };
type StoredLocation = Omit<LocationRow, 'dispatch'> & { readonly dispatch: DispatchPolicy | null };
type StoredStatus = Omit<ProjectionStatus, 'position'> & { readonly position: number | null };

export const listQueries = (
  pool: Pool,
): Pick<Queries, 'listings' | 'bundles' | 'channels' | 'locations' | 'status'> => ({
  listings: async (channel, page) => {
    const size = rowsOf(page);
    const parameters = [channel, ...keyOfCursor(page.after, 2), size + 1];
    const rows = await run<StoredListing>(pool, sql['list-listings'], parameters);
    return pageOf(rows.map(listingOf), size, ({ product, variant }) => cursorOf(product, variant ?? ''));
  },
  bundles: async (page) => {
    const size = rowsOf(page);
    const rows = await run<BundleRecipe>(pool, sql['list-bundles'], [...keyOfCursor(page.after, 1), size + 1]);
    return pageOf(rows, size, ({ sku }) => cursorOf(sku));
  },
  channels: async () => [...(await readChannels(pool)).policies.values()],
  locations: async () => (await run<StoredLocation>(pool, sql['list-locations'])).map(locationOf),
  status: async () => {
    const projections = await run<StoredStatus>(pool, sql['read-projections']);
    const [due] = await run<{ skus: number; oldest: Instant | null; now: Instant }>(pool, sql['read-due']);
    if (due === undefined) throw new Error('An aggregate without a row');
    const { skus, oldest, now: at } = due;
    return { at, projections: projections.map(statusOf), due: { skus, ...(oldest !== null && { oldest }) } };
  },
});

const locationOf = ({ dispatch, ...row }: StoredLocation): LocationRow => ({ ...row, ...(dispatch && { dispatch }) });

/** An empty variant is none. */
const listingOf = ({ variant, units_per_sale: unitsPerSale, ...row }: StoredListing): ListingRow => ({
  ...row,
  unitsPerSale,
  ...(variant !== '' && { variant }),
});

const statusOf = ({ position, ...status }: StoredStatus): ProjectionStatus => ({
  ...status,
  ...(position !== null && { position: positionOf(position) }),
});
