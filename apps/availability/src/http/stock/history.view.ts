import type { Instant } from '#event-sourcing';
import type { HistoryRow, Page } from '#read-model';

/** An event of a SKU as an auditor reads it. */
type HistoryRowView = {
  readonly type: string;
  readonly eventId: string;
  readonly revision: number;
  readonly position: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly source: { readonly connection: string; readonly reference?: string };
  readonly actor: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly hash: string;
  readonly data: unknown;
  readonly after: HistoryRow['after'];
};

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
  rows: rows.map(rowView),
  ...(next !== undefined && { next }),
});

const rowView = ({ event, after }: HistoryRow): HistoryRowView => ({
  type: event.type,
  eventId: event.eventId,
  revision: event.revision,
  position: event.position,
  occurredAt: event.metadata.occurredAt,
  recordedAt: event.metadata.recordedAt,
  source: event.metadata.source,
  actor: event.metadata.actor,
  commandId: event.metadata.commandId,
  correlationId: event.metadata.correlationId,
  hash: event.hash,
  data: event.data,
  after,
});
