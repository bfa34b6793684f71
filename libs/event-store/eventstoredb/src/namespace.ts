import type { AppendOutcome, EventStore, LogBatch, RecordedEvent, Write } from '#event-sourcing';

/**
 * A store whose streams begin with `namespace` at the server and without it everywhere else: several ledgers on one server.
 * Hashes are over the names without it, so a log keeps its chain wherever it stands.
 * @param prefixes of the ledger's streams, without the namespace
 */
export const inNamespace = (store: EventStore, namespace: string, prefixes: readonly string[]): EventStore =>
  namespace === '' ? store : within(store, namespace, prefixes);

const within = (store: EventStore, namespace: string, prefixes: readonly string[]): EventStore => {
  const named = (stream: string): string => namespace + stream;
  const bare = <Event extends Pick<RecordedEvent, 'stream'>>(event: Event): Event => ({
    ...event,
    stream: event.stream.slice(namespace.length),
  });
  const outcomeOf = (outcome: AppendOutcome): AppendOutcome =>
    outcome.kind === 'conflict' ? { ...outcome, tail: outcome.tail.map(bare) } : outcome;
  const writeOf = ({ stream, expectedRevision, events }: Write): Write => ({
    ...{ stream: named(stream), expectedRevision },
    events: events.map((event) => ({ ...event, stream: named(event.stream) })),
  });
  return {
    capabilities: store.capabilities,
    append: async (writes) => (await store.append(writes.map(writeOf))).map(outcomeOf),
    read: async (streams, eventsMax) => {
      const lists = await store.read(
        streams.map(({ stream, from }) => ({ stream: named(stream), from })),
        eventsMax,
      );
      return lists.map((events) => events.map(bare));
    },
    subscribe: (after, options) =>
      bareBatches(store.subscribe(after, { ...options, prefixes: (options.prefixes ?? prefixes).map(named) }), bare),
    head: () => store.head(),
  };
};

async function* bareBatches(
  batches: AsyncIterable<LogBatch>,
  bare: (event: RecordedEvent) => RecordedEvent,
): AsyncGenerator<LogBatch, void, void> {
  for await (const { events, after } of batches) yield { events: events.map(bare), after };
}
