import type { RecordedEvent } from '#event-sourcing';
import { encodeCloudEvent, type CloudEvent, type OutgoingMessage } from '#messaging';
import type { Change } from '#read-model';

/** What the ledger tells the world by message. */
export const relayTopics = { availability: 'stock.availability.v1', events: 'stock.events.v1' } as const;

const noExtensions: ReadonlyMap<string, string> = new Map();
const headersOf = (event: Pick<CloudEvent, 'id' | 'type' | 'time' | 'subject'>): Readonly<Record<string, string>> =>
  encodeCloudEvent({
    ...event,
    ...{ source: '/stock-ledger', contentType: 'application/json', extensions: noExtensions },
  });

/** A pair's newest figures: the topic keeps the last of each key, and a reader keeps the highest sequence. */
export const availabilityMessage = (change: Change): OutgoingMessage => ({
  key: `${change.channel}:${change.sku}`,
  headers: headersOf({ id: String(change.sequence), type: 'stock.availability.changed.v1', time: change.announcedAt }),
  value: JSON.stringify(change),
});

const stockPrefix = 'stock-';

/** An event of a SKU as the log has it, its place in the hash chain included. */
export const eventMessage = (event: RecordedEvent): OutgoingMessage => {
  const { stream, revision, type, schemaVersion, data, metadata, hash, eventId, position } = event;
  return {
    key: stream.slice(stockPrefix.length),
    headers: headersOf({
      ...{ id: eventId, type: `stock.${type}`, time: metadata.recordedAt },
      subject: encodeURIComponent(stream),
    }),
    value: JSON.stringify({ stream, revision, type, schemaVersion, data, metadata, hash, eventId, position }),
  };
};
