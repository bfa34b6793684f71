import type { RecordedEvent, Revision } from '../event.js';
import { NO_STREAM } from '../event.js';
import type { Digest } from '../runtime.js';
import { uuidV8FromHash } from './event-id.js';
import { canonicalOf, genesisHash } from './seal.js';

/** Where a chain stands: the revision and hash of its last event so far. */
export type ChainHead = { readonly revision: Revision; readonly hash: string };
export const emptyChain: ChainHead = { revision: NO_STREAM, hash: genesisHash };

export type ChainVerdict =
  | { readonly kind: 'intact'; readonly head: ChainHead }
  | {
      readonly kind: 'broken';
      readonly revision: Revision;
      readonly reason: 'gap' | 'other_stream' | 'hash' | 'event_id';
    };

/**
 * Recomputes the hash chain of one stream's events, in order, from their parsed JSON. `from` is where an earlier piece
 * of the same stream ended. An edited, missing, exchanged or moved event is found at the first revision that is wrong.
 */
export const verifyChain = (
  digest: Digest,
  events: readonly RecordedEvent[],
  from: ChainHead = emptyChain,
): ChainVerdict => {
  let head = from;
  const stream = events[0]?.stream;
  for (const event of events) {
    const revision = head.revision + 1;
    if (event.stream !== stream) return { kind: 'broken', revision, reason: 'other_stream' };
    if (event.revision !== revision) return { kind: 'broken', revision, reason: 'gap' };
    if (!continuesChain(digest, head.hash, event)) return { kind: 'broken', revision, reason: 'hash' };
    if (event.eventId !== uuidV8FromHash(event.hash)) return { kind: 'broken', revision, reason: 'event_id' };
    head = event;
  }
  return { kind: 'intact', head: { revision: head.revision, hash: head.hash } };
};

/** Is this event's hash the one that follows from the hash before it and the event's own content? */
export const continuesChain = (digest: Digest, previousHash: string, event: RecordedEvent): boolean =>
  digest.chain(previousHash, canonicalOf(event)) === event.hash;
