import {
  genesisHash,
  NO_STREAM,
  seal,
  type DomainEvent,
  type EventMetadata,
  type Revision,
  type SealedEvent,
} from '#event-sourcing';
import { plainDigest } from './runtime.js';

/** Where a chain is continued. */
export type Head = { readonly revision: Revision; readonly hash: string };
export const noHead: Head = { revision: NO_STREAM, hash: genesisHash };

const at = '2026-03-01T09:00:00.000Z';

/** An event with nothing special about it. */
export const anyEvent = (type = 'Noted', data: DomainEvent['data'] = {}): DomainEvent => ({
  type,
  data,
  occurredAt: at,
});

export const anyMetadata = (commandId = 'command-1'): EventMetadata => ({
  commandId,
  commandHash: plainDigest.of(commandId),
  source: { connection: 'test' },
  actor: 'tester',
  occurredAt: at,
  recordedAt: at,
  correlationId: 'correlation-1',
});

/** A correct continuation of a stream's chain by these events. */
export const sealAll = (
  stream: string,
  events: readonly DomainEvent[],
  head: Head = noHead,
  metadata: EventMetadata = anyMetadata(),
): readonly SealedEvent[] => {
  let { revision, hash } = head;
  return events.map((event) => {
    revision += 1;
    const sealed = seal(plainDigest, { stream, revision, previousHash: hash }, event, 1, metadata);
    hash = sealed.hash;
    return sealed;
  });
};
