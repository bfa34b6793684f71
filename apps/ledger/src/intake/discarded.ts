import { fingerprintOf, type IncomingMessage, type PartitionBatch } from '#messaging';
import type { DeadLetterStore } from './dead-letter-store.js';

/** Of a batch the messages that a person has discarded. */
export type Discarded = (batch: PartitionBatch) => Promise<ReadonlySet<IncomingMessage>>;

/**
 * A discard holds for that very message, byte for byte and wherever it stands: headers belong to it, and `ce_id` with them.
 * Whoever wants it taken in after all sends it under another id.
 */
export const discardedAmong =
  ({ discarded }: Pick<DeadLetterStore, 'discarded'>): Discarded =>
  async ({ topic, messages }) => {
    const prints = new Map(messages.map((message) => [message, fingerprintOf(message)]));
    const found = await discarded(topic, [...prints.values()]);
    return new Set(messages.filter((message) => found.has(prints.get(message) ?? '')));
  };
