import { groupedBy } from '../grouped-by.js';
import type { MarketplaceServer } from '../../servers/marketplace/index.js';

/** How long a marketplace went on with a figure that its sale had made wrong, and what that cost. Milliseconds. */
export type Exposure = {
  readonly sales: number;
  /** Sales of units that nobody had promised, by the marketplace's own record. */
  readonly unpromised: number;
  /** From a sale to the page that knows of it. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Sales that no later figure has followed. */
  readonly unanswered: number;
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** From each sale to the next figure that was accepted after it and shown. */
export const exposureOf = ({ market }: Pick<MarketplaceServer, 'market'>): Exposure => {
  const writes = groupedBy(market.offers.writes(), ({ offer }) => offer);
  const sales = market.sales.all();
  const waits = sales.map(
    ({ offer, at: soldAt }) =>
      (writes.get(offer)?.find(({ acceptedAt }) => acceptedAt >= soldAt)?.appliedAt ?? Infinity) - soldAt,
  );
  const sorted = waits.filter((wait) => Number.isFinite(wait)).sort((a, b) => a - b);
  return {
    sales: sales.length,
    unpromised: market.oversold().length,
    ...{ p50: at(sorted, 0.5), p99: at(sorted, 0.99), max: sorted.at(-1) ?? 0 },
    unanswered: waits.length - sorted.length,
  };
};
