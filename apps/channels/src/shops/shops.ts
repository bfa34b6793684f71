import type { ChannelConnection, OpenShop } from '../contracts/index.js';
import { ownSettings, type Connections } from '../connections/index.js';

/** Shops that are spoken to because somebody asks: each is opened once, and anew when its connection has changed. */
export type Shops = {
  /** @throws SecretsError when its secrets cannot be read */
  readonly open: (connection: ChannelConnection) => Promise<OpenShop>;
  readonly stop: () => Promise<void>;
};

type Opened = { readonly revision: number; readonly shop: Promise<OpenShop> };

/** One for each connection, of which there are bounded many. @param now milliseconds since 1970 */
export const createShops = (connections: Connections, now: () => number): Shops => {
  const opened = new Map<string, Opened>();
  const openAnew = async ({ channel, kind, settings }: ChannelConnection): Promise<OpenShop> => {
    const known = connections.kinds.get(kind);
    if (known === undefined) throw new Error(`${channel} is of a kind that this release does not know: ${kind}`);
    return known.open({ settings: ownSettings(settings), secrets: await connections.secretsOf(channel), now });
  };
  const forget = async (channel: string): Promise<void> => {
    const shop = opened.get(channel)?.shop;
    opened.delete(channel);
    await shop?.then(
      ({ close }) => close(),
      () => undefined,
    );
  };
  return {
    open: async (connection) => {
      const { channel, revision } = connection;
      const known = opened.get(channel);
      if (known?.revision === revision) return known.shop;
      const shop = openAnew(connection);
      opened.set(channel, { revision, shop });
      known?.shop.then(({ close }) => close()).catch(() => undefined);
      return shop.catch(async (error: unknown) => {
        if (opened.get(channel)?.shop === shop) await forget(channel);
        throw error;
      });
    },
    stop: async () => {
      await Promise.all([...opened.keys()].map(forget));
    },
  };
};
