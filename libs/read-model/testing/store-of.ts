import { positionBefore, type EventStore, type LogBatch, type Position, type RecordedEvent } from '#event-sourcing';

export type ReadingStore = Pick<EventStore, 'read' | 'subscribe' | 'head'>;

/** The reading half of a store over a log in memory, which may grow. */
export const storeOf = (log: readonly RecordedEvent[]): ReadingStore => ({
  read: (streams, eventsMax = 1_000) =>
    Promise.resolve(
      streams.map(({ stream, from }) =>
        log.filter((event) => event.stream === stream && event.revision >= from).slice(0, eventsMax),
      ),
    ),
  head: () => Promise.resolve(log.at(-1)?.position),
  subscribe: (after, { signal, batchEventsMax = 1_000, inclusive = false }) =>
    follow(log, inclusive && after !== undefined ? positionBefore(after) : after, signal, batchEventsMax),
});

async function* follow(
  log: readonly RecordedEvent[],
  after: Position | undefined,
  signal: AbortSignal,
  batchEventsMax: number,
): AsyncGenerator<LogBatch> {
  let next = after === undefined ? 0 : Number(after);
  while (!signal.aborted) {
    const events = log.slice(next, next + batchEventsMax);
    const last = events.at(-1);
    if (last === undefined) await new Promise((resolve) => setImmediate(resolve));
    else yield { events, after: last.position };
    next += events.length;
  }
}
