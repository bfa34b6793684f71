import type { MarketplaceClient } from '../client/client.js';

/** What every part of the port works with. */
export type PortContext = {
  readonly client: MarketplaceClient;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (millis: number, signal: AbortSignal) => Promise<void>;
  /** How long a write waits until what was accepted is shown. */
  readonly applyMillisMax: number;
};
