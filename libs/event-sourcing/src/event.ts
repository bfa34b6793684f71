import type { Instant } from './instant.js';
import type { JsonObject } from './json.js';

/** Place of an event in its stream, counted from 0. `NO_STREAM` stands before the first one. */
export type Revision = number;
export const NO_STREAM: Revision = -1;

/** Place of an event in the whole log. Opaque, but two of one store compare as strings. */
export type Position = string;

/** What a decider emits: past tense, self-sufficient. `occurredAt` is when it happened out there. */
export type DomainEvent = { readonly type: string; readonly data: JsonObject; readonly occurredAt: Instant };

/** The outside system that a command came from, and its own word for what it reports (a document number). */
export type Source = { readonly connection: string; readonly reference?: string };

/**
 * Who, when and why, beside every event. `commandHash` is there exactly when the command's id guards against a second
 * application (a caller's own id); facts without one are guarded by their key and version.
 * `actor` is an opaque id: no personal data in events.
 */
export type EventMetadata = {
  readonly commandId: string;
  readonly commandHash?: string;
  readonly source: Source;
  readonly actor: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly correlationId: string;
  readonly causationId?: string;
};

/**
 * An event with its place in the stream and its link in the hash chain, ready to be appended.
 * `canonical` is the RFC 8785 text of {stream, revision, type, schemaVersion, data, metadata}: the bytes that are
 * hashed and that a store keeps. `hash` is hex SHA-256 over the previous hash's 32 bytes followed by those bytes;
 * `eventId` is its first 16 bytes as a UUIDv8.
 */
export type SealedEvent = {
  readonly stream: string;
  readonly revision: Revision;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
  readonly canonical: string;
  readonly hash: string;
  readonly eventId: string;
};

/** An event as a store returns it. Its `canonical` text is left out: whoever verifies recomputes it. */
export type RecordedEvent = Omit<SealedEvent, 'canonical'> & { readonly position: Position };
