import type { DomainEvent, EventMetadata, RecordedEvent, Revision, SealedEvent } from '../event.js';
import type { JsonObject } from '../json.js';
import type { Digest } from '../runtime.js';
import { canonicalJson } from './canonical-json.js';
import { uuidV8FromHash } from './event-id.js';

/** What stands before the first event of every stream. */
export const genesisHash = '0'.repeat(64);

/** The place where an event is put: its stream and revision, and the hash of the event before it (`genesisHash`: none). */
export type Place = { readonly stream: string; readonly revision: Revision; readonly previousHash: string };

/**
 * Gives a decided event its place, its metadata and its link in the hash chain.
 * @throws TypeError when data or metadata hold what JSON cannot carry (see canonicalJson).
 */
export const seal = (
  digest: Digest,
  place: Place,
  event: DomainEvent,
  schemaVersion: number,
  metadata: EventMetadata,
): SealedEvent => {
  const { type, data } = event;
  const canonical = canonicalText(place.stream, place.revision, type, schemaVersion, data, metadata);
  const hash = digest.chain(place.previousHash, canonical);
  const { stream, revision } = place;
  return { stream, revision, type, schemaVersion, data, metadata, canonical, hash, eventId: uuidV8FromHash(hash) };
};

/** The RFC 8785 text of {stream, revision, type, schemaVersion, data, metadata}. */
const canonicalText = (
  stream: string,
  revision: Revision,
  type: string,
  schemaVersion: number,
  data: JsonObject,
  metadata: EventMetadata,
): string => canonicalJson({ data, metadata, revision, schemaVersion, stream, type });

/** The canonical text of an event that was read, computed anew from its parsed parts. */
export const canonicalOf = (event: Omit<RecordedEvent, 'position' | 'hash' | 'eventId'>): string =>
  canonicalText(event.stream, event.revision, event.type, event.schemaVersion, event.data, event.metadata);
