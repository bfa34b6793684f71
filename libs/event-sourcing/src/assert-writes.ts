import type { Write } from './event-store.js';

/**
 * What every adapter asserts before it appends: each write has events that follow its expected revision one by one, and
 * no stream is written twice. Anything else is our own bug.
 * @throws Error
 */
export const assertWrites = (writes: readonly Write[]): void => {
  const streams = new Set<string>();
  for (const write of writes) {
    if (streams.has(write.stream)) throw new Error(`${write.stream} is written twice in one append`);
    streams.add(write.stream);
    assertWrite(write);
  }
};

const assertWrite = ({ stream, expectedRevision, events }: Write): void => {
  if (events.length === 0) throw new Error(`a write of no events to ${stream}`);
  for (let index = 0; index < events.length; index++) {
    const event = events[index];
    if (event?.stream !== stream) throw new Error(`an event of ${String(event?.stream)} in a write to ${stream}`);
    if (event.revision !== expectedRevision + 1 + index) {
      throw new Error(`${stream}: revision ${event.revision} does not follow ${expectedRevision + index}`);
    }
  }
};
