/** Channels as the ledger's policies have them. */
export type KnownChannels = {
  /** The principal of the channel's orders; undefined: there is no such channel. */
  readonly connectionOf: (channel: string) => Promise<string | undefined>;
};
