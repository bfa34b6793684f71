import type { EventStore, Instant, RecordedEvent } from '#event-sourcing';
import type { TopicReader } from '#messaging';
import { eventIn, relayTopics } from '#apps/availability';

export type FindLostOptions = {
  readonly reader: TopicReader;
  readonly store: Pick<EventStore, 'read'>;
  /** Only what was recorded after this. */
  readonly since: Instant | undefined;
  /** Messages read. */
  readonly onProgress?: (messages: number) => void;
};

/** Every event that `stock.events.v1` has and the log has not, by stream and revision. @throws as `TopicReader.read` */
export const findLost = async (options: FindLostOptions): Promise<readonly RecordedEvent[]> => {
  const { reader, store, since = '', onProgress } = options;
  const lost = new Map<string, RecordedEvent>();
  let count = 0;
  await reader.read({
    topics: [relayTopics.events],
    from: 'first',
    onBatch: async ({ messages }) => {
      const events = messages.flatMap((message) => eventIn(message) ?? []);
      const fresh = events.filter(({ metadata }) => metadata.recordedAt > since);
      // A message may come twice.
      for (const event of await notIn(store, fresh)) lost.set(event.eventId, event);
      onProgress?.((count += messages.length));
    },
  });
  return [...lost.values()].sort(byPlace);
};

const byPlace = (one: RecordedEvent, other: RecordedEvent): number => {
  if (one.stream !== other.stream) return one.stream < other.stream ? -1 : 1;
  return one.revision - other.revision;
};

/** Those that do not stand where they say. */
const notIn = async (
  store: Pick<EventStore, 'read'>,
  events: readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> => {
  if (events.length === 0) return [];
  const reads = events.map(({ stream, revision }) => ({ stream, from: revision }));
  const own = await store.read(reads, 1);
  return events.filter(({ eventId }, index) => own[index]?.[0]?.eventId !== eventId);
};

const pageEventsMax = 1_000;

/** The events of a stream from a revision on, to its end. */
export async function* readStream(
  store: Pick<EventStore, 'read'>,
  stream: string,
  from: number,
): AsyncGenerator<RecordedEvent, void> {
  for (let next = from; ;) {
    const [events = []] = await store.read([{ stream, from: next }], pageEventsMax);
    if (events.length === 0) return;
    yield* events;
    next += events.length;
  }
}
