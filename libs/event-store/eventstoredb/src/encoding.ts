import type { EventMetadata, JsonObject, RecordedEvent, SealedEvent } from '#event-sourcing';
import { DamagedStreamError } from './errors.js';
import { type LogPosition, positionOfRecord } from './log-position.js';

/** An event as the server keeps it: two JSON texts in UTF-8 beside its id and type. */
export type ProposedRecord = {
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
};

/** An event as the server returns it. `revision` is a decimal text: a tombstone's is 2^63 - 1. */
export type StoredRecord = ProposedRecord & {
  readonly stream: string;
  readonly revision: string;
  readonly position: LogPosition;
};

/** What stands in the server's metadata of an event: what the chain of hashes needs beside type and data. */
type Envelope = { readonly hash: string; readonly schemaVersion: number; readonly metadata: EventMetadata };

export const proposedOf = ({ eventId, type, data, hash, schemaVersion, metadata }: SealedEvent): ProposedRecord => {
  const envelope: Envelope = { hash, schemaVersion, metadata };
  return { id: eventId, type, data: bytesOf(data), metadata: bytesOf(envelope) };
};

/** More than the names around data and metadata take, and the hash, beyond those of the canonical text. */
const envelopeBytes = 64;

/**
 * What an event counts towards the server's limit of an append, or a little more: its two JSON texts and two bytes for each
 * character of its type. They are the canonical text in other frames.
 */
export const bytesInAppend = ({ canonical, type }: SealedEvent): number =>
  Buffer.byteLength(canonical) + type.length + envelopeBytes;

/** @throws DamagedStreamError for an event that no ledger wrote */
export const recordedOf = (record: StoredRecord): RecordedEvent => {
  const { stream, type, id, position } = record;
  const revision = Number(record.revision);
  if (type === tombstoneType)
    throw new DamagedStreamError(stream, 'tombstoned', 'the stream has been deleted for good');
  const envelope = parsed(record.metadata);
  const data = parsed(record.data);
  if (!isEnvelope(envelope) || !isObject(data) || !Number.isSafeInteger(revision)) {
    throw new DamagedStreamError(stream, 'foreign_event', `event ${record.revision} (${type}) is not of a ledger`);
  }
  const { hash, schemaVersion, metadata } = envelope;
  return {
    stream,
    revision,
    type,
    schemaVersion,
    data: data as JsonObject,
    metadata,
    hash,
    eventId: id,
    position: positionOfRecord(position),
  };
};

/** What the server writes at the end of a stream that was deleted for good. */
const tombstoneType = '$streamDeleted';

const bytesOf = (value: object): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEnvelope = (value: unknown): value is Envelope =>
  isObject(value) &&
  typeof (value as Envelope).hash === 'string' &&
  typeof (value as Envelope).schemaVersion === 'number' &&
  isObject((value as Envelope).metadata);
