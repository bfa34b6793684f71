import type { RecordedEvent } from '#event-sourcing';
import type { Accepted } from '../outcome-problem.js';

/** An event as the API shows it. */
export type EventView = {
  readonly type: string;
  readonly eventId: string;
  readonly revision: number;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly data: unknown;
};

export const eventView = (event: RecordedEvent): EventView => ({
  type: event.type,
  eventId: event.eventId,
  revision: event.revision,
  position: event.position,
  occurredAt: event.metadata.occurredAt,
  recordedAt: event.metadata.recordedAt,
  data: event.data,
});

/**
 * What became of a movement. `created`: it opened the SKU. `repeated`: it, or a newer version of it, had been posted
 * before. Under the same Idempotency-Key the events of then are shown again; a fact that is recognised by its key and
 * version has none.
 */
export type MovementAnswer = {
  readonly sku: string;
  readonly revision: number;
  readonly position?: string;
  readonly created: boolean;
  readonly repeated: boolean;
  readonly events: readonly EventView[];
};

export const movementAnswer = (sku: string, accepted: Accepted): MovementAnswer => ({
  sku,
  revision: accepted.revision,
  ...(accepted.position !== undefined && { position: accepted.position }),
  created: accepted.opened,
  repeated: accepted.repeated || accepted.events.length === 0,
  events: accepted.events.map(eventView),
});
