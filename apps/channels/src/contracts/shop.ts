import type { ChannelPort } from '#channel-kit';

/** What a connector keeps of an order between two readings: plain JSON, of no meaning to anybody else. */
export type KeptOrder = Readonly<Record<string, unknown>>;

/** A shop that can be spoken to. */
export type OpenShop = {
  readonly port: ChannelPort<KeptOrder>;
  /** So long the shop was busy with us so far. Undefined: it is counted from each question to its answer. */
  readonly busyMillis?: () => number;
  /** Ends its connections. */
  readonly close: () => Promise<void>;
};

/** Settings as a person gave them, and what is wrong with them. Secrets are given apart and never stand in settings. */
export type SettingsVerdict =
  | { readonly kind: 'fit'; readonly settings: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unfit'; readonly field: string; readonly detail: string };

/** A system that channels may be of. */
export type ConnectorKind = {
  /** As it is written in a request: small letters. */
  readonly kind: string;
  /** Names of what is kept under lock: `key`, `webhookSecret`; those that must be given. */
  readonly secrets: { readonly required: readonly string[]; readonly optional: readonly string[] };
  /** A message by which the system only tries whether somebody hears it: it is not signed, proves nothing and asks for nothing. */
  readonly isGreeting?: (body: Uint8Array) => boolean;
  readonly judgeSettings: (settings: Readonly<Record<string, unknown>>) => SettingsVerdict;
  /** Opens no connection before it is asked something. @param now milliseconds since 1970 */
  readonly open: (given: {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly secrets: Readonly<Record<string, string>>;
    readonly now: () => number;
  }) => OpenShop;
};
