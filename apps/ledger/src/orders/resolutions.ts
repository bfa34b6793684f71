import type { Lanes } from '#event-sourcing';
import { productKey, type ListedProduct, type OrderCommand, type Resolution } from '#orders';
import { listingStream, type ListingState } from '#policies';

export type Resolutions = ReadonlyMap<string, Resolution>;

const none: Resolutions = new Map();

/**
 * What listings said, on its way beside a command: a command is only what the caller sent, so the saga lays the
 * resolutions down here and the order kind's policy picks them up, as often as the command is decided. They go when
 * the command goes.
 */
export type ResolutionDesk = {
  readonly lay: (command: OrderCommand, resolutions: Resolutions) => void;
  /** Nothing was laid down: no line is resolved. */
  readonly pickUp: (command: OrderCommand) => Resolutions;
};

export const createResolutionDesk = (): ResolutionDesk => {
  const laid = new WeakMap<OrderCommand, Resolutions>();
  return {
    lay: (command, resolutions) => void laid.set(command, resolutions),
    pickUp: (command) => laid.get(command) ?? none,
  };
};

export type Listings = Pick<Lanes<ListingState, never, never>, 'load'>;

/** What the channel's listings say of these products now, read exactly; a product without a listing is left out. */
export const resolutionsFor = async (
  channel: string,
  products: readonly ListedProduct[],
  listings: Listings,
): Promise<Resolutions> => {
  if (products.length === 0) return none;
  const streams = products.map((ids) => listingStream(channel, ids));
  const loaded = await listings.load(streams);
  return new Map(
    products.flatMap((ids, index): [string, Resolution][] => {
      const { revision, state } = loaded[index] ?? { revision: -1, state: { mapped: null } };
      if (state.mapped === null) return [];
      const { sku, unitsPerSale } = state.mapped;
      return [[productKey({ ids }), { sku, unitsPerSale, listing: { stream: streams[index] ?? '', revision } }]];
    }),
  );
};
