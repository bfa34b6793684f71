import type { LedgerSide } from '#apps/channels';
import type { RowKey } from '#channel-kit';
import type { Habits } from './habits.js';
import type { KeeperParts, KeptChannel } from './keeper.js';
import type { ChannelMemory } from './memory.js';

/** What a turn of a channel works with. */
export type Turn = {
  readonly of: KeptChannel;
  readonly memory: ChannelMemory;
  readonly ledger: LedgerSide;
  readonly habits: Habits;
  readonly records: Pick<KeeperParts, 'syncLog' | 'findings'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rows of which something was heard since they were looked at. */
  readonly dirty: Set<RowKey>;
};

/** Whoever asks a shop waits for it as long as it takes: a connection that breaks ends the waiting. */
export const patient = new AbortController().signal;
