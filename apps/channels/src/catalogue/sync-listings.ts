import type { ShopListing, Trouble } from '#channel-kit';
import { forgetListings, mapListings, saveListings, type FoundListing } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';
import { settleMapped } from './unmapped.js';

/** As order lines and holds name it: `42`, or `42:7` where the product has variants. */
export const listingName = ({ product, variant }: { readonly product: string; readonly variant?: string }): string =>
  variant === undefined ? product : `${product}:${variant}`;

const foundOf = ({ row, ids, title, references, unfit }: ShopListing): FoundListing => ({
  ...{ row, title, references, listing: listingName(ids), barred: unfit && `unfit:${unfit.code}` },
});

export type Synced =
  | { readonly kind: 'synced'; readonly listings: number; readonly gone: readonly { readonly row: string }[] }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/** A reading of all that a shop sells, a page at a time: what else is to be done for the shop goes on between them. */
export type ListingsWalk = {
  /** When it began; milliseconds since 1970. */
  readonly beganAt: number;
  /** Reads the next page, and with the last one what the ledger says of them all. */
  readonly step: () => Promise<Synced | { readonly kind: 'more' }>;
};

/** What the shop does not list any more is left alone from the last page on. */
export const walkListings = (work: ChannelWork): ListingsWalk => {
  const { port, pool, now, signal } = work;
  const { channel } = work.channel;
  const beganAt = now();
  let listings = 0;
  let after: string | undefined;
  return {
    beganAt,
    step: async () => {
      const page = await port.listings(after, signal);
      if (page.kind === 'trouble') return { kind: 'trouble', trouble: page.trouble };
      await saveListings(pool, channel, page.value.items.map(foundOf), { now: now(), readingAt: beganAt });
      listings += page.value.items.length;
      after = page.value.next;
      if (after !== undefined) return { kind: 'more' };
      const gone = await forgetListings(pool, channel, beganAt);
      await syncMappings(work);
      return { kind: 'synced', listings, gone };
    },
  };
};

/** Reads all that the shop sells, and what the ledger says that it is. */
export const syncListings = async (work: ChannelWork): Promise<Synced> => {
  const walk = walkListings(work);
  for (;;) {
    const step = await walk.step();
    if (step.kind !== 'more') return step;
  }
};

/** What the ledger says that each listing sells. Who was asked what one sells is not asked any more. */
export const syncMappings = async (work: ChannelWork): Promise<void> => {
  const { pool, mappings, now } = work;
  const { channel } = work.channel;
  let after: string | undefined;
  do {
    const page = await mappings(channel, after);
    await mapListings(pool, channel, page.mappings, now());
    after = page.next;
  } while (after !== undefined);
  await settleMapped(work);
};
