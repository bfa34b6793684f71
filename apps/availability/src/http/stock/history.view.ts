import type { Instant } from '#event-sourcing';
import type { HistoryRow, Page } from '#read-model';
import { eventView, type EventView } from '../shared/event.view.js';

/** An event of a SKU with what it left behind. */
type HistoryRowView = EventView & { readonly after: HistoryRow['after'] };

export type HistoryView = {
  readonly sku: string;
  readonly knownAt: Instant;
  readonly happenedAt: null;
  readonly rows: readonly HistoryRowView[];
  readonly next?: string;
};

export const historyView = (sku: string, knownAt: Instant, { rows, next }: Page<HistoryRow>): HistoryView => ({
  sku,
  knownAt,
  happenedAt: null,
  rows: rows.map(({ event, after }) => ({ ...eventView(event), after })),
  ...(next !== undefined && { next }),
});
