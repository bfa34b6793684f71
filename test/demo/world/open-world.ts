import type { ChannelSetUp } from '../ledger/set-up.js';
import type { DemoChannel } from '../ledger/connect.js';
import { startMarketplaceSeller, type MarketplaceSeller } from './marketplace-seller.js';
import { startPrestashopSeller, type PrestashopSeller } from './prestashop-seller.js';
import type { Seller } from './seller.js';

/** Two shops that sell everything, and a marketplace that sells a part of it. */
export type World = {
  readonly shops: readonly PrestashopSeller[];
  readonly marketplace: MarketplaceSeller;
  readonly sellers: readonly Seller[];
  readonly stop: () => Promise<void>;
};

/** One product of so many is sold at the marketplace too. */
const marketplaceEvery = 4;
/** The marketplace cannot ask before it sells: so much of each product it is not shown. */
export const marketplaceBufferUnits = 2;

export const openWorld = async (stock: ReadonlyMap<string, number>, asksFirst: boolean): Promise<World> => {
  const shops = [
    await startPrestashopSeller({ channel: 'shop_nl', version: '8.2', stock, asksFirst }),
    await startPrestashopSeller({ channel: 'shop_de', version: '9.1', stock, asksFirst }),
  ];
  const some = new Map([...stock].filter((_, index) => index % marketplaceEvery === 0));
  const marketplace = await startMarketplaceSeller('market', some);
  return {
    ...{ shops, marketplace, sellers: [...shops, marketplace] },
    stop: async () => {
      await Promise.all([...shops, marketplace].map(({ server }) => server.stop()));
    },
  };
};

const listingsOf = (skus: Iterable<string>, idOf: (sku: string) => string): ReadonlyMap<string, string> =>
  new Map([...skus].map((sku) => [sku, idOf(sku)]));

/** The world's channels, as the workers connect to them. */
export const channelsOf = ({ shops, marketplace }: World): readonly DemoChannel[] => [
  ...shops.map((shop): DemoChannel => ({
    ...{ channel: shop.channel, kind: 'prestashop', url: shop.server.url },
    secrets: { key: shop.server.key, webhookSecret: shop.messageSecret },
    listings: listingsOf(shop.shown().keys(), (sku) => String(shop.productOf(sku))),
  })),
  {
    ...{ channel: marketplace.channel, kind: 'marketplace' },
    ...{ url: marketplace.server.url, secrets: { key: marketplace.server.token } },
    listings: listingsOf(marketplace.shown().keys(), marketplace.offerOf),
  },
];

/** And as the ledger is told of them. */
export const setUpsOf = (channels: readonly DemoChannel[]): readonly ChannelSetUp[] =>
  channels.map(({ channel, kind, listings }) => ({
    ...{ seller: { channel }, listings },
    bufferUnits: kind === 'marketplace' ? marketplaceBufferUnits : 0,
  }));
