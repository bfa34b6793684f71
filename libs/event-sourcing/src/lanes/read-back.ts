import { createBackoff } from '../backoff.js';
import { StoreUnavailableError } from '../event-store.js';
import type { RecordedEvent } from '../event.js';
import type { ReadBack } from './answers.js';
import type { KernelParts } from './kernel-parts.js';
import { isOpening, type Decided } from './lane.js';

type Repeated = Extract<Decided, { kind: 'repeated' }>;

/**
 * Answers a repeated command from its events of then. While the store cannot be read it is tried again until the
 * deadline; at least once in any case.
 */
export const createReadBack = (parts: KernelParts): ReadBack => {
  const answer = (repeated: Repeated, events: readonly RecordedEvent[]): void => {
    const { pending, before, standing } = repeated;
    if (events.length === 0) return pending.fail(new Error(`${pending.envelope.commandId} left no events`));
    const { state, revision } = standing;
    pending.answer({ kind: 'accepted', events, repeated: true, opened: isOpening(before.first), revision, state });
  };
  const untilRead = async (repeated: Repeated): Promise<void> => {
    const backoff = createBackoff(parts.clock, parts.random, parts.bounds);
    const { envelope } = repeated.pending;
    for (;;) {
      try {
        return answer(repeated, await eventsOf(parts, repeated));
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) return repeated.pending.fail(error);
        if (envelope.deadline < parts.clock.now()) return repeated.pending.answer({ kind: 'unavailable' });
        await backoff.wait();
      }
    }
  };
  return (repeated) => void untilRead(repeated);
};

const eventsOf = async ({ store }: KernelParts, { pending, before }: Repeated): Promise<readonly RecordedEvent[]> => {
  const { stream, commandId } = pending.envelope;
  const [events = []] = await store.read([{ stream, from: before.first }], before.last - before.first + 1);
  return events.filter(({ metadata }) => metadata.commandId === commandId);
};
