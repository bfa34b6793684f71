import type { Marketplace } from '../../servers/marketplace/index.js';
import { openMarket, type Market, type MarketOptions } from '../../scenarios/market.js';
import type { Gauge } from '../gauge.js';
import type { Stage } from '../stage.js';
import type { Outlet, OutletWrite } from './outlet.js';
import type { Listing } from './places.js';

/** A marketplace, with what it owes counted by its own sales. */
export type MarketPlace = Market & { readonly outlet: Outlet };

const soldOf = ({ sales }: Marketplace, { row }: Listing): number =>
  sales
    .all()
    .filter(({ offer }) => offer === row)
    .reduce((sum, { units }) => sum + units, 0);

/** Figures that it has accepted since it was asked last. */
const acceptedBy = ({ offers }: Marketplace, byRow: ReadonlyMap<string, Listing>): (() => readonly OutletWrite[]) => {
  let known = 0;
  return () => {
    const accepted = offers.writes();
    const news = accepted.slice(known);
    known = accepted.length;
    return news.flatMap(({ offer, amount: value, acceptedAt: at }) => {
      const listing = byRow.get(offer);
      return listing === undefined ? [] : [{ listing, value, at }];
    });
  };
};

export const openMarketPlace = async (stage: Stage, gauge: Gauge, options: MarketOptions): Promise<MarketPlace> => {
  const place = await openMarket(stage, gauge, options);
  const { channel, connection, bySku, byName, bufferUnits = 0, market } = place;
  return {
    ...place,
    outlet: {
      ...{ channel, connection, bySku, byName, bufferUnits },
      shows: ({ row }) => market.offers.find(row)?.amount ?? 0,
      owes: (listing) => soldOf(market, listing),
      keeps: () => 0,
      writes: acceptedBy(market, new Map([...bySku.values()].map((listing) => [listing.row, listing]))),
    },
  };
};
