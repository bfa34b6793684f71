import { createHash } from 'node:crypto';
import {
  createLedgerSide,
  followingOutbox,
  startChannels,
  type Channels,
  type ChannelConnection,
  type ChannelRegistry,
  type ConnectorKind,
  type KeptOrder,
  type OpenShop,
} from '#apps/channels';
import { postgresCheckpoint, postgresParkedOrders } from '#apps/ledger';
import type { ChannelPort } from '#channel-kit';
import { createPrestashopPort, webserviceClient } from '#connectors/prestashop';
import { createPostgresMessaging } from '#messaging/postgres';
import { createPool } from '#postgres';
import { createMarketplacePort, marketplaceClient } from '../../channels/marketplace/index.js';
import type { Closing } from './closing.js';
import type { Records } from './records.js';
import type { DemoLedger } from './start-ledger.js';

/** A channel with its shop, and the ids of its listings by SKU. */
export type DemoChannel = {
  readonly channel: string;
  readonly kind: 'prestashop' | 'marketplace';
  readonly url: string;
  readonly key: string;
  readonly listings: ReadonlyMap<string, string>;
};

/** What a connector keeps of an order is plain JSON, and comes back to it as it was. */
const openShop = <Order>(port: ChannelPort<Order>, close: () => Promise<void>): OpenShop => ({
  port: port as unknown as ChannelPort<KeptOrder>,
  close,
});

const textIn = (values: Readonly<Record<string, unknown>>, name: string): string => String(values[name]);

const kinds: readonly ConnectorKind[] = [
  {
    kind: 'prestashop',
    secrets: { required: ['key'], optional: [] },
    judgeSettings: (settings) => ({ kind: 'fit', settings }),
    open: ({ settings, secrets, now }) => {
      const client = webserviceClient({ base: `${textIn(settings, 'url')}/api/`, key: secrets['key'] ?? '' });
      return openShop(createPrestashopPort({ client, now }), client.close);
    },
  },
  {
    kind: 'marketplace',
    secrets: { required: ['key'], optional: [] },
    judgeSettings: (settings) => ({ kind: 'fit', settings }),
    open: ({ settings, secrets, now }) => {
      const client = marketplaceClient({ url: textIn(settings, 'url'), token: secrets['key'] ?? '' });
      return openShop(createMarketplacePort({ client, now }), client.close);
    },
  },
];

/** Channels that live as long as the demo: live from the beginning. */
const registryOf = (channels: readonly DemoChannel[], onPaused: (channel: string) => void): ChannelRegistry => {
  const connections = channels.map(({ channel, kind, url }): ChannelConnection => ({
    ...{ channel, connection: channel, kind, settings: { url }, pausedFor: undefined, revision: 1 },
    ladder: { rung: 'live' },
  }));
  return {
    list: () => Promise.resolve(connections),
    find: (name) => Promise.resolve(connections.find(({ channel }) => channel === name)),
    secretsOf: (name) => Promise.resolve({ key: channels.find(({ channel }) => channel === name)?.key ?? '' }),
    pause: (name) => Promise.resolve(onPaused(name)),
  };
};

const poolConnectionsMax = 6;

/** The workers of these channels, on the ledger of the demo. */
export const startWorkers = (
  { services, databaseUrl: url }: DemoLedger,
  channels: readonly DemoChannel[],
  records: Records,
  closing: Closing,
): Channels => {
  const { clock, store, availability } = services;
  const pool = createPool({ url, applicationName: 'demo channels', max: poolConnectionsMax });
  closing.add(() => pool.end());
  const onTrouble = (what: string, error: unknown): void => records.trouble(`${what}: ${String(error)}`);
  const messaging = createPostgresMessaging({
    url,
    clock,
    applicationName: 'demo messages',
    onTrouble: (error: unknown) => onTrouble('messages', error),
  });
  closing.add(messaging.close);
  const ledger = createLedgerSide({
    ...{ pool, store, queries: availability.queries, sender: messaging.sender, parked: postgresParkedOrders(pool) },
    delivered: postgresCheckpoint(pool, 'order-backstop').load,
    follow: followingOutbox({
      ...{ queries: availability.queries, pool, url, clock, random: Math.random },
      onTrouble: (error: unknown) => onTrouble('announcements', error),
    }),
  });
  const running = startChannels({
    ...{ pool, ledger, url, kinds, onTrouble, now: Date.now, sleep: clock.sleep },
    mappings: (name) => Promise.resolve({ mappings: mappingsOf(channels, name), next: undefined }),
    // Every basket is paid at once.
    reviews: () => Promise.resolve(() => undefined),
    ...records.ports,
    registry: registryOf(channels, (channel) => records.trouble(`${channel} is paused`)),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  });
  closing.add(running.stop);
  return running;
};

const mappingsOf = (channels: readonly DemoChannel[], name: string) =>
  [...(channels.find(({ channel }) => channel === name)?.listings ?? [])].map(([sku, listing]) => ({
    ...{ sku, listing, unitsPerSale: 1 },
  }));
