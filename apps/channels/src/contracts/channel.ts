import type { Ladder } from '#channel-kit';

/** A channel with its connector, without secrets. */
export type ChannelConnection = {
  readonly channel: string;
  /** Principal of the orders that it brings. */
  readonly connection: string;
  /** Of its connector. */
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ladder: Ladder;
  /** Why it is paused, where nobody asked for it: `clone`, `shop_restored`. */
  readonly pausedFor: string | undefined;
  /** Grows with every change. */
  readonly revision: number;
};

/** Where channels and their connectors are kept. */
export type ChannelRegistry = {
  readonly list: () => Promise<readonly ChannelConnection[]>;
  readonly find: (channel: string) => Promise<ChannelConnection | undefined>;
  /** @throws when the key that locked them is not the one of this process */
  readonly secretsOf: (channel: string) => Promise<Readonly<Record<string, string>>>;
  /** Stops writing until a person lets it go on; intake runs on. Changes nothing where it is paused or off. */
  readonly pause: (channel: string, reason: string, actor: string) => Promise<void>;
};
