import type { Alerts, Finding, KeptOrder, LedgerSide, SyncEntry } from '#apps/channels';
import type { ChannelPort, Rung } from '#channel-kit';
import type { Clock } from '#event-sourcing';
import type { Listing } from '../company/places.js';

/** A channel as whoever keeps its shop right is told of it. */
export type KeptChannel = {
  readonly channel: string;
  readonly connection: string;
  readonly port: ChannelPort<KeptOrder>;
  readonly listings: readonly Listing[];
};

export type KeeperParts = {
  readonly alerts?: Alerts;
  /** How far the channels have come; `live` when left out. */
  readonly rung?: Rung;
  /** After which an order that nobody has paid is cancelled in the shop; left out: never. */
  readonly unpaidMillisMax?: number;
  readonly channels: readonly KeptChannel[];
  readonly ledger: LedgerSide;
  readonly clock: Clock;
  readonly syncLog: { readonly write: (entries: readonly SyncEntry[]) => Promise<void> };
  /** Time waits while something of it is under way. */
  readonly waitFor: (underWay: () => readonly string[]) => void;
  readonly findings: { readonly note: (findings: readonly Finding[]) => Promise<void> };
};

/** Whoever keeps the rows of the shops right: the one under test. */
export type Keeper = {
  /** A message of the shop's module: these orders may have changed. */
  readonly hint: (channel: string, orders: readonly string[]) => void;
  /** Ends at once, as a process does that is killed: nothing more of it reaches shops or ledger. */
  readonly kill: () => void;
};
