import type { EventStore, RecordedEvent } from '#event-sourcing';

/** The reading half of a store over a log in memory. */
export const storeOf = (events: readonly RecordedEvent[]): Pick<EventStore, 'read'> => ({
  read: (streams, eventsMax = 1_000) =>
    Promise.resolve(
      streams.map(({ stream, from }) =>
        events.filter((event) => event.stream === stream && event.revision >= from).slice(0, eventsMax),
      ),
    ),
});
