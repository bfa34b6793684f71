import type { KeptOrder } from '#apps/channels';
import type { ChannelPort } from '#channel-kit';
import { createMarketplacePort, marketplaceClient, type MarketplaceClient } from '../channels/marketplace/index.js';
import { startMarketplace, type Marketplace } from '../servers/marketplace/index.js';
import type { Listing } from '../week/company/places.js';
import type { Gauge } from '../week/gauge.js';
import type { Beside } from '../week/open-scene.js';
import type { Stage } from '../week/stage.js';

/** A marketplace on a stage: it counts nothing down, and shows what it accepted later. */
export type Market = Beside & {
  readonly market: Marketplace;
  readonly offerOf: (sku: string) => string;
};

export type MarketOptions = {
  readonly channel: string;
  /** By SKU, what its pages say at first. */
  readonly units: ReadonlyMap<string, number>;
  readonly bufferUnits: number;
  /** From the acceptance of a figure to its page. */
  readonly applyMillis: number;
};

/** There and back. */
const requestMillis = 30;

/** Requests take their time on the stage, and while one is answered time stands still; rests between them are rests. */
const onStage = (client: MarketplaceClient, { clock }: Stage, gauge: Gauge): MarketplaceClient => ({
  ...client,
  send: async (request, signal) => {
    await clock.sleep(requestMillis / 2, signal);
    const answer = await gauge.during('a request of the marketplace', () => client.send(request, signal));
    await clock.sleep(requestMillis / 2, signal);
    return answer;
  },
});

const listingOf = (channel: string, sku: string, offer: string): Listing => ({
  ...{ channel, sku, row: offer, unitsPerSale: 1, ids: { product: offer } },
  sellable: { id_product: 0, id_product_attribute: 0 },
});

export const openMarket = async (stage: Stage, gauge: Gauge, options: MarketOptions): Promise<Market> => {
  const { channel, units, bufferUnits, applyMillis } = options;
  const { url, token, market, stop } = await startMarketplace({ now: stage.millis, applyMillis });
  const plain = marketplaceClient({ url, token });
  const client = onStage(plain, stage, gauge);
  const sleep = (millis: number, signal: AbortSignal): Promise<void> => stage.clock.sleep(millis, signal);
  const listings = [...units].map(([sku, amount]) =>
    listingOf(channel, sku, market.offers.create({ reference: sku, amount: Math.max(0, amount - bufferUnits) })),
  );
  const bySku = new Map(listings.map((listing) => [listing.sku, listing]));
  return {
    ...{ channel, connection: `${channel}_account`, bufferUnits, bySku, market },
    byName: new Map(listings.map((listing) => [listing.ids.product, listing])),
    offerOf: (sku) => bySku.get(sku)?.row ?? '',
    // What the connector keeps of an order is plain JSON, and comes back to it as it was.
    port: createMarketplacePort({ client, now: stage.millis, sleep }) as unknown as ChannelPort<KeptOrder>,
    close: async () => {
      await plain.close();
      await stop();
    },
  };
};
