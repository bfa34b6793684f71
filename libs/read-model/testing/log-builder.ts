import { instantOf, positionOf } from '#event-sourcing';
import type { Instant, RecordedEvent } from '#event-sourcing';
import type { LedgerEvent } from '../src/events/ledger-event.js';

export const firstMillis = Date.UTC(2026, 0, 1);

/** Writes events as a store would return them: revisions per stream, positions over all, a recording time that grows. */
export const logBuilder = () => {
  const events: RecordedEvent[] = [];
  const revisions = new Map<string, number>();
  const add = (
    stream: string,
    event: LedgerEvent,
    metadata: Partial<RecordedEvent['metadata']> = {},
  ): RecordedEvent => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const recorded = recordedEvent(stream, revision, events.length + 1, event, metadata);
    events.push(recorded);
    return recorded;
  };
  return { events, add };
};

const recordedEvent = (
  stream: string,
  revision: number,
  number: number,
  { type, data, occurredAt }: LedgerEvent,
  metadata: Partial<RecordedEvent['metadata']>,
): RecordedEvent => ({
  stream,
  revision,
  type,
  schemaVersion: 1,
  data: data,
  metadata: {
    commandId: `command-${number}`,
    source: { connection: 'retailer' },
    actor: 'test',
    occurredAt,
    recordedAt: recordedAtOf(number),
    correlationId: `correlation-${number}`,
    ...metadata,
  },
  hash: number.toString(16).padStart(64, '0'),
  eventId: `00000000-0000-8000-8000-${number.toString(16).padStart(12, '0')}`,
  position: positionOf(number),
});

export const recordedAtOf = (number: number): Instant => instantOf(firstMillis + number);
