import type { RecordedEvent } from '#event-sourcing';
import type { PageRequest } from './page.js';
import type { Buckets } from './stock.js';

/** An event of a SKU with what it left behind at each location that it touched. */
export type HistoryRow = {
  readonly event: RecordedEvent;
  readonly after: readonly (Buckets & { readonly location: string; readonly physicalDelta: number })[];
};

/** `direction`: newest first (`desc`, the default) or in the order of recording. Cursors are of one direction. */
export type HistoryRequest = PageRequest & { readonly direction?: 'asc' | 'desc' };
