import { buyAt, startMarketplace, type MarketplaceServer } from '../../servers/marketplace/index.js';
import { addUnits, takeWhatIsShown, type Seller } from './seller.js';

export type MarketplaceSeller = Seller & {
  readonly server: MarketplaceServer;
  readonly offerOf: (sku: string) => string;
};

/** What it takes to bring a figure to its page. */
const applyMillis = 500;
/** The most that an offer can say. */
const amountMax = 999;

/** A marketplace with an offer for each SKU. It counts nothing down: it sells what it was told last. */
export const startMarketplaceSeller = async (
  channel: string,
  stock: ReadonlyMap<string, number>,
): Promise<MarketplaceSeller> => {
  const server = await startMarketplace({ applyMillis });
  const { market } = server;
  const offers = new Map(
    [...stock].map(([reference, units]) => [
      reference,
      market.offers.create({ reference, amount: Math.min(units, amountMax) }),
    ]),
  );
  const skus = new Map([...offers].map(([sku, offer]) => [offer, sku]));
  const offerOf = (sku: string): string => offers.get(sku) ?? '';
  const figureOf = (sku: string): number => market.offers.find(offerOf(sku))?.amount ?? 0;
  return {
    ...{ channel, asksFirst: false, server, offerOf },
    sells: (sku) => offers.has(sku),
    visit: (wanted) => {
      const { taken, missed } = takeWhatIsShown(wanted, figureOf);
      const lines = taken.map(({ sku, units }) => ({ offer: offerOf(sku), units }));
      const isBought = lines.length > 0 && buyAt(market, lines).kind === 'ordered';
      return Promise.resolve({ bought: isBought ? taken : [], missed, turnedBack: false });
    },
    shown: () => new Map([...offers.keys()].map((sku) => [sku, figureOf(sku)])),
    sold: () => {
      const sold = new Map<string, number>();
      for (const { offer, units } of market.sales.all()) addUnits(sold, skus.get(offer) ?? '', units);
      return sold;
    },
    writes: () => market.offers.writes().length,
    orders: () => new Set(market.sales.all().map(({ order }) => order)).size,
  };
};
