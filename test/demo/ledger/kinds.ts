import { connectorKinds, kindsOf, type ConnectorKind, type ConnectorKinds, type KeptOrder } from '#apps/channels';
import type { ChannelPort } from '#channel-kit';
import { createMarketplacePort, marketplaceClient } from '../../channels/marketplace/index.js';

/** The marketplace, which is no real system: production does not know it. */
const marketplaceKind: ConnectorKind = {
  kind: 'marketplace',
  secrets: { required: ['key'], optional: [] },
  judgeSettings: (settings) =>
    typeof settings['url'] === 'string'
      ? { kind: 'fit', settings }
      : { kind: 'unfit', field: 'url', detail: 'is where the marketplace answers: give it' },
  open: ({ settings, secrets, now }) => {
    const client = marketplaceClient({ url: String(settings['url']), token: secrets['key'] ?? '' });
    // What the connector keeps of an order is plain JSON, and comes back to it as it was.
    const port = createMarketplacePort({ client, now }) as unknown as ChannelPort<KeptOrder>;
    return { port, close: client.close };
  },
};

/** Systems that channels of the demo are of. */
export const demoKinds: ConnectorKinds = kindsOf([...connectorKinds.values(), marketplaceKind]);
