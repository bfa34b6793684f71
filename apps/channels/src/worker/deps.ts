import type { ChannelPort, Millis } from '#channel-kit';
import type { Pool } from '#postgres';
import type { ListingMapping } from '../store/index.js';
import type { Alerts, ChannelConnection, Findings, KeptOrder, LedgerSide, SyncLog } from '../contracts/index.js';

/** What the work of every channel stands on. */
export type WorkDeps = {
  readonly pool: Pool;
  readonly ledger: LedgerSide;
  /** A page of what the ledger says that the listings of a channel sell. */
  readonly mappings: (channel: string, after: string | undefined) => Promise<MappingPage>;
  readonly log: SyncLog;
  readonly alerts: Alerts;
  readonly findings: Findings;
  /** Milliseconds since 1970 by the ledger's clock. */
  readonly now: () => Millis;
  /** Resolves after `millis`, or at once when the signal aborts. */
  readonly sleep: (millis: number, signal?: AbortSignal) => Promise<void>;
  /** Hex SHA-256 of the UTF-8 of a text. */
  readonly digest: (text: string) => string;
};

export type MappingPage = { readonly mappings: readonly ListingMapping[]; readonly next: string | undefined };

/** The work of one channel. */
export type ChannelWork = WorkDeps & {
  readonly channel: ChannelConnection;
  readonly port: ChannelPort<KeptOrder>;
  readonly signal: AbortSignal;
};
