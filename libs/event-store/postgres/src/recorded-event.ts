import { positionOf, type RecordedEvent, type SealedEvent, uuidV8FromHash } from '#event-sourcing';

/** An event as the statements select it. The event's id is part of its hash, and all else stands in its text. */
export type EventRow = { readonly position: number; readonly hash: string; readonly canonical: string };

type Text = Pick<RecordedEvent, 'stream' | 'revision' | 'type' | 'schemaVersion' | 'data' | 'metadata'>;

export const eventOfRow = ({ position, hash, canonical }: EventRow): RecordedEvent => {
  const { stream, revision, type, schemaVersion, data, metadata } = JSON.parse(canonical) as Text;
  return {
    stream,
    revision,
    type,
    schemaVersion,
    data,
    metadata,
    hash,
    eventId: uuidV8FromHash(hash),
    position: positionOf(position),
  };
};

/** What a subscriber would read, without reading: it shares data and metadata with the event that was appended. */
export const eventAppended = (event: SealedEvent, position: number): RecordedEvent => {
  const { stream, revision, type, schemaVersion, data, metadata, hash, eventId } = event;
  return { stream, revision, type, schemaVersion, data, metadata, hash, eventId, position: positionOf(position) };
};
