import type { EventStore, RecordedEvent } from '#event-sourcing';

/** Enough that reading is bound by the store, few enough for memory. */
const batchEventsMax = 1_000;

/** Every event that the log has now, in its order, and then the end. */
export async function* readLog(store: Pick<EventStore, 'head' | 'subscribe'>): AsyncGenerator<RecordedEvent, void> {
  const head = await store.head();
  if (head === undefined) return;
  const enough = new AbortController();
  try {
    for await (const { events, after } of store.subscribe(undefined, { signal: enough.signal, batchEventsMax })) {
      for (const event of events) if (event.position <= head) yield event;
      if (after >= head) return;
    }
  } finally {
    enough.abort();
  }
}
