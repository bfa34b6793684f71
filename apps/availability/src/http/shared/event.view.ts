import type { Instant, RecordedEvent } from '#event-sourcing';

/** An event as an auditor reads it: what, when, by whom, by which command, and its place in the chain. */
export type EventView = {
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

export const eventView = (event: RecordedEvent): EventView => ({
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
});
