import type { RecordedEvent } from '#event-sourcing';
import { encodeCloudEvent, type CloudEvent, type OutgoingMessage } from '#messaging';
import type { Change } from '#read-model';

/** What the ledger tells the world by message. */
export const relayTopics = { availability: 'stock.availability.v1', events: 'stock.events.v1' } as const;

const noExtensions: ReadonlyMap<string, string> = new Map();
type Named = Required<Pick<CloudEvent, 'id' | 'type' | 'time' | 'subject'>>;
const headersOf = (named: Named): Readonly<Record<string, string>> =>
  encodeCloudEvent({ ...named, source: '/ledger', contentType: 'application/json', extensions: noExtensions });

/** A pair's newest figures: the topic keeps the last of each key, and a reader keeps the highest sequence. */
export const availabilityMessage = (change: Change): OutgoingMessage => {
  const key = `${change.channel}:${change.sku}`;
  const id = String(change.sequence);
  return {
    key,
    headers: headersOf({ id, type: relayTopics.availability, subject: key, time: change.announcedAt }),
    value: JSON.stringify(change),
  };
};

const stockPrefix = 'stock-';

/** An event of a SKU as the log has it, its place in the hash chain included. */
export const eventMessage = (event: RecordedEvent): OutgoingMessage => {
  const { stream, revision, type, schemaVersion, data, metadata, hash, eventId, position } = event;
  return {
    key: stream.slice(stockPrefix.length),
    headers: headersOf({
      ...{ id: eventId, type: relayTopics.events, time: metadata.recordedAt },
      subject: stream,
    }),
    value: JSON.stringify({ stream, revision, type, schemaVersion, data, metadata, hash, eventId, position }),
  };
};
