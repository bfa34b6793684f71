import type { EventStore, Instant, RecordedEvent } from '#event-sourcing';

/** Events of one stream that are read at a time. */
const pageEventsMax = 1_000;

/**
 * The events of some streams that had been recorded by a moment, in the order of each stream, piece by piece. A stream's
 * recording times never run backwards: after the first later one none is looked for.
 */
export async function* recordedUpTo(
  store: Pick<EventStore, 'read'>,
  streams: readonly string[],
  knownAt: Instant,
): AsyncGenerator<readonly RecordedEvent[]> {
  let open = streams.map((stream) => ({ stream, from: 0 }));
  while (open.length > 0) {
    const read = await store.read(open, pageEventsMax);
    const known = read.map((events) => events.filter(({ metadata }) => metadata.recordedAt <= knownAt));
    yield known.flat();
    open = open.flatMap(({ stream, from }, index) =>
      known[index]?.length === pageEventsMax ? [{ stream, from: from + pageEventsMax }] : [],
    );
  }
}
