import { startMarketplace } from '../../../servers/marketplace/index.js';
import { worldOf, type MarketplaceWorld } from '../../marketplace/testing/server-world.js';
import { createBazaarPort } from '../index.js';

export type BazaarWorld = MarketplaceWorld & {
  /** Does it once, between the next reading of rows and the write that rests on it. */
  readonly beforeNextWrite: (act: () => void) => void;
};

/** A bazaar of our own: nothing of the suite is left out. */
export const bazaarWorld = async (): Promise<BazaarWorld> => {
  const world = worldOf(await startMarketplace({ countsDown: true }), (client) => createBazaarPort({ client }));
  const acts: (() => void)[] = [];
  const { port, server } = world;
  return {
    ...world,
    port: {
      ...port,
      write: (changes, signal) => {
        acts.shift()?.();
        return port.write(changes, signal);
      },
    },
    orderAcross: async (offer, units, write) => {
      let order = '';
      acts.push(() => void (order = server.market.orders.place([{ offer, units }])));
      await write();
      return order;
    },
    beforeNextWrite: (act) => void acts.push(act),
  };
};
