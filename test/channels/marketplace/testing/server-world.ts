import type { ChannelPort } from '#channel-kit';
import type { ChannelWorld, Failing, Playground } from '#testing';
import { startMarketplace, type Fault, type MarketplaceServer } from '../../../servers/marketplace/index.js';
import { createMarketplacePort, marketplaceClient, type MarketplaceClient, type MarketplaceOrder } from '../index.js';

export type MarketplaceWorld = ChannelWorld<MarketplaceOrder> & {
  readonly server: MarketplaceServer;
  readonly stop: () => Promise<void>;
};

const itemsOf = ({ market }: MarketplaceServer, order: string): readonly string[] =>
  market.orders.find(order)?.items ?? [];

const playgroundOf = (server: MarketplaceServer): Playground => {
  const { market, faults } = server;
  const faulty =
    (fault: Fault): Failing['begin'] =>
    () =>
      faults.add({ fault });
  const toEach =
    (act: (item: string) => void): Playground['changes'][string] =>
    (order) =>
      Promise.resolve(itemsOf(server, order).forEach(act));
  return {
    changes: {
      'a unit given up': toEach((item) => market.orders.cancel(item, 1)),
      'all units given up': toEach((item) => market.orders.cancel(item)),
      'units sent': toEach((item) => market.orders.ship(item, 2)),
    },
    vanish: (order) => Promise.resolve(market.orders.forget(order)),
    failing: {
      away: { kind: 'busy', begin: faulty({ kind: 'away', status: 503 }) },
      broken: { kind: 'unintelligible', begin: faulty({ kind: 'away', status: 500 }) },
      'a page in place of data': { kind: 'unintelligible', begin: faulty({ kind: 'html' }) },
      'half an answer': { kind: 'unintelligible', begin: faulty({ kind: 'truncate', bytes: 5 }) },
      silence: { kind: 'unreachable', begin: faulty({ kind: 'silence', commits: false }), deadlineMillis: 100 },
    },
    loseCancellation: () =>
      void faults.add({ fault: { kind: 'reset', commits: true }, resource: 'cancellation', times: 1 }),
    // It gives no id twice: nobody sets it back.
    restoredAfter: (done) => done(),
    loseAnswer: () => void faults.add({ fault: { kind: 'reset', commits: true }, resource: 'stock', times: 1 }),
    failBehindFirst: () =>
      void faults.add({ fault: { kind: 'error_after_commit' }, resource: 'stock', after: 1, times: 1 }),
  };
};

const offersAtFirst = 60;

type PortOn = (client: MarketplaceClient) => ChannelPort<MarketplaceOrder>;

/** A marketplace of our own: nothing of the suite is left out. */
export const serverWorld = async (): Promise<MarketplaceWorld> =>
  worldOf(await startMarketplace({ applyMillis: 10 }), (client) => createMarketplacePort({ client }));

/** The server is the world's from then on. */
export const worldOf = (server: MarketplaceServer, portOn: PortOn): MarketplaceWorld => {
  const { url, token, market, faults } = server;
  const rows = Array.from({ length: offersAtFirst }, (_, at) =>
    market.offers.create({ reference: `sku-${at}`, amount: 10 }),
  );
  const client = marketplaceClient({ url, token });
  const strangers = marketplaceClient({ url, token: 'another' });
  const order = (offer: string, units: number) => Promise.resolve(market.orders.place([{ offer, units }]));
  const port = portOn(client);
  return {
    server,
    port,
    rows: rows.slice(0, port.capabilities.rowsMax),
    missingRow: 'offer-0',
    missingOrder: 'C999999999',
    stranger: portOn(strangers),
    order,
    cancel: (id) => Promise.resolve(itemsOf(server, id).forEach((item) => market.orders.cancel(item))),
    orderAcross: async (row, units, write) => {
      await write();
      return order(row, units);
    },
    typeIn: (row, quantity) => Promise.resolve(market.offers.typeIn(row, quantity)),
    sources: ['orders'],
    withoutSource: async (_, use) => {
      const heal = faults.add({ fault: { kind: 'away', status: 500 }, resource: 'orders' });
      try {
        return await use();
      } finally {
        heal();
      }
    },
    playground: playgroundOf(server),
    stop: async () => {
      await server.stop();
      for (const one of [client, strangers]) await one.close();
    },
  };
};
