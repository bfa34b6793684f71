import { type EventStore, type LogBatch, type Position, type RecordedEvent, type Write } from '#event-sourcing';
import { anyEvent, type Head, noHead, sealAll } from '#testing';

/** A write of so many events that go on from a head, numbered by their revisions. */
export const writeOf = (stream: string, count = 1, head: Head = noHead, text = ''): Write => {
  const numbers = Array.from({ length: count }, (_, index) => head.revision + 1 + index);
  const events = numbers.map((number) => anyEvent('Counted', { number, text }));
  return { stream, expectedRevision: head.revision, events: sealAll(stream, events, head) };
};

export const lastOf = ({ events }: Pick<Write, 'events'>): Head => {
  const last = events.at(-1);
  if (last === undefined) throw new Error('a write of no events');
  return last;
};

export const storedIn = async (store: EventStore, stream: string): Promise<readonly RecordedEvent[]> => {
  const [events = []] = await store.read([{ stream, from: 0 }], 100_000);
  return events;
};

const deadlineMs = 20_000;

/** The first so many events after a position. */
export const followed = async (
  store: EventStore,
  count: number,
  after?: Position,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  const batches: AsyncIterable<LogBatch> = store.subscribe(after, { signal: AbortSignal.timeout(deadlineMs) });
  for await (const batch of batches) {
    events.push(...batch.events);
    if (events.length >= count) return events;
  }
  throw new Error(`only ${events.length} events in ${deadlineMs} ms`);
};

/** Waits until a condition holds. */
export const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  const deadline = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
