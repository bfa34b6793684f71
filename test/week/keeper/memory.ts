import type { KeptOrder, OrderMessage } from '#apps/channels';
import { newRecord, type Cursors, type RowKey, type RowRecord } from '#channel-kit';

/** An order that was sent and may not be in the ledger's figures yet, and what it takes of which rows. */
export type Sent = { readonly message: OrderMessage; readonly takes: ReadonlyMap<RowKey, number> };

/** All that is kept of a channel between two processes. */
export type ChannelMemory = {
  cursors: Cursors | undefined;
  readonly orders: Map<string, KeptOrder>;
  readonly records: Map<RowKey, RowRecord>;
  readonly sent: Map<string, Sent>;
  /** Orders that the shop is still making: what they have not taken for certain. */
  readonly making: Map<string, ReadonlyMap<RowKey, number>>;
  /** When the last reading of the feed began that missed nothing. */
  fedAt: number;
  tickets: number;
  scannedAt: number;
  /** Rows that were raised by drift, and when the day of that count began. */
  raised: { readonly day: number; readonly rows: number };
};

export type Memory = Map<string, ChannelMemory>;

export const memoryOf = (memory: Memory, channel: string): ChannelMemory => {
  const known = memory.get(channel);
  if (known !== undefined) return known;
  const fresh: ChannelMemory = {
    ...{ cursors: undefined, orders: new Map(), records: new Map(), sent: new Map(), making: new Map() },
    ...{ fedAt: 0, tickets: 0, scannedAt: 0, raised: { day: 0, rows: 0 } },
  };
  memory.set(channel, fresh);
  return fresh;
};

export const recordOf = ({ records }: ChannelMemory, row: RowKey): RowRecord => records.get(row) ?? newRecord(row);
