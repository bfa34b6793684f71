import type { RecordedEvent } from '#event-sourcing';
import { cloudEventEncoder, type OutgoingMessage } from '#messaging';
import type { Change } from '#read-model';

/** What the ledger tells the world by message. */
export const relayTopics = { availability: 'stock.availability.v1', events: 'stock.events.v1' } as const;

const ours = { source: '/ledger', contentType: 'application/json' };
const headersOf = {
  availability: cloudEventEncoder({ ...ours, type: relayTopics.availability }),
  event: cloudEventEncoder({ ...ours, type: relayTopics.events }),
};

/** A pair's newest figures: the topic keeps the last of each key, and a reader keeps the highest sequence. */
export const availabilityMessage = (change: Change): OutgoingMessage => {
  const key = `${change.channel}:${change.sku}`;
  const id = String(change.sequence);
  return {
    key,
    headers: headersOf.availability({ id, subject: key, time: change.announcedAt }),
    value: JSON.stringify(change),
  };
};

const stockPrefix = 'stock-';

/** An event of a SKU as the log has it, its place in the hash chain included. */
export const eventMessage = (event: RecordedEvent): OutgoingMessage => {
  const { stream, revision, type, schemaVersion, data, metadata, hash, eventId, position } = event;
  return {
    key: stream.slice(stockPrefix.length),
    headers: headersOf.event({ id: eventId, time: metadata.recordedAt, subject: stream }),
    value: JSON.stringify({ stream, revision, type, schemaVersion, data, metadata, hash, eventId, position }),
  };
};
