import type { RecordedEvent } from '#event-sourcing';

/**
 * An event of a type that this version of the projections does not know: written by a newer version. The projection
 * stops before it and somebody is called; skipping it would make every number after it wrong without a word.
 */
export class UnknownEventTypeError extends Error {
  override readonly name = 'UnknownEventTypeError';
  readonly code = 'unknown_event_type';

  constructor(event: Pick<RecordedEvent, 'type' | 'stream' | 'revision' | 'position'>) {
    super(
      `Unknown event type ${event.type} at revision ${event.revision} of ${event.stream} (position ${event.position})`,
    );
  }
}
