import type { Instant, RecordedEvent } from '#event-sourcing';
import type { Page } from '#read-model';

/** A change of a policy as an auditor reads it: who, when, why, and what it has been since. */
type PolicyChangeView = {
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
};

export type PolicyHistoryView = { readonly rows: readonly PolicyChangeView[]; readonly next?: string };

export const policyHistoryView = ({ rows, next }: Page<RecordedEvent>): PolicyHistoryView => ({
  rows: rows.map(({ type, eventId, revision, position, metadata, hash, data }) => ({
    ...{ type, eventId, revision, position },
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    source: metadata.source,
    actor: metadata.actor,
    commandId: metadata.commandId,
    correlationId: metadata.correlationId,
    hash,
    data,
  })),
  ...(next !== undefined && { next }),
});
