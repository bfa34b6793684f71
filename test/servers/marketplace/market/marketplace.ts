import { createBoundedLog, type BoundedLog } from './bounded-log.js';
import { createOffers, type Offers } from './offers.js';
import { createOrders, type Orders } from './orders.js';
import { createProcesses, type Processes } from './processes.js';
import { unitsBeyond, type Sale } from './rows.js';

export type MarketplaceOptions = {
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number;
  /** From the acceptance of a figure or a cancellation until it is carried out; 0 by default. */
  readonly applyMillis?: number;
  /**
   * It lowers an offer's figure when somebody buys, raises it by what is given up, and takes a figure of the seller's at once,
   * on the condition that it knows the one that is shown.
   */
  readonly countsDown?: boolean;
};

/** A marketplace and what people do in it. */
export type Marketplace = {
  readonly now: () => number;
  readonly countsDown: boolean;
  readonly offers: Offers;
  readonly orders: Orders;
  readonly processes: Pick<Processes, 'find' | 'waiting'>;
  /** Every sale, in order. */
  readonly sales: Pick<BoundedLog<Sale>, 'all' | 'clear'>;
  /** Sales of units that nobody had promised. */
  readonly oversold: () => readonly Sale[];
  /** From now on so long. */
  readonly applyAfter: (millis: number) => void;
  /** Nothing that is accepted is carried out until what this returns is called. */
  readonly holdProcesses: () => () => void;
};

/** Does everything late: what was accepted is carried out when somebody next looks, as of the moment that it was due. */
export const createMarketplace = (options: MarketplaceOptions = {}): Marketplace => {
  const { now = Date.now, applyMillis = 0, countsDown = false } = options;
  let delayMillis = applyMillis;
  const processes = createProcesses(now, () => delayMillis);
  const sales = createBoundedLog<Sale>();
  const offers = createOffers({ processes, now });
  const orders = createOrders({ processes, now, offers, sales, countsDown });
  return {
    now,
    countsDown,
    offers,
    orders,
    processes: {
      find: (id) => {
        processes.settle();
        return processes.find(id);
      },
      waiting: processes.waiting,
    },
    sales,
    oversold: () => sales.all().filter((sale) => unitsBeyond(sale) > 0),
    applyAfter: (millis) => void (delayMillis = millis),
    holdProcesses: () => {
      processes.settle();
      processes.hold(true);
      return () => processes.hold(false);
    },
  };
};
