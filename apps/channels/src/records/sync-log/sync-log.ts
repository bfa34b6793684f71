import type { Instant } from '#event-sourcing';
import type { Page, PageRequest } from '#read-model';
import type { SyncEntry, SyncLog } from '../../contracts/index.js';

/** An attempt as it is shown. */
export type LoggedEntry = Omit<SyncEntry, 'payload' | 'at' | 'run'> & {
  readonly id: string;
  readonly run: string | null;
  /** Hex SHA-256 of the whole payload; null: there was none. */
  readonly payloadSha256: string | null;
  readonly at: Instant;
};

/** With what was sent or read, redacted; null: it is not kept. */
export type WholeEntry = LoggedEntry & { readonly payload: unknown };

/** Which attempts of a channel; what is left out is any. */
export type EntriesAsked = {
  readonly channel: string;
  readonly resource?: string | undefined;
  readonly externalId?: string | undefined;
  readonly outcome?: SyncEntry['outcome'] | undefined;
  readonly from?: Instant | undefined;
  readonly before?: Instant | undefined;
};

/** The log with what people ask of it. */
export type KeptSyncLog = SyncLog & {
  /** The newest first. @throws InvalidCursorError */
  readonly list: (asked: EntriesAsked, page: PageRequest) => Promise<Page<LoggedEntry>>;
  readonly find: (id: string) => Promise<WholeEntry | undefined>;
};
