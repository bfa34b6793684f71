import {
  positionBefore,
  type EventStore,
  type LogBatch,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-sourcing';

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
  subscribe: (after, options) =>
    follow(log, options.inclusive && after !== undefined ? positionBefore(after) : after, options),
});

async function* follow(
  log: readonly RecordedEvent[],
  after: Position | undefined,
  { signal, batchEventsMax = 1_000, prefixes = [''] }: SubscribeOptions,
): AsyncGenerator<LogBatch> {
  let next = after === undefined ? 0 : Number(after);
  while (!signal.aborted) {
    const events = log.slice(next, next + batchEventsMax);
    const last = events.at(-1);
    if (last === undefined) await new Promise((resolve) => setImmediate(resolve));
    else
      yield {
        events: events.filter(({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix))),
        after: last.position,
      };
    next += events.length;
  }
}
