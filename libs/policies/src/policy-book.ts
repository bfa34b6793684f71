import type { ChannelPolicy, LocationPolicy } from '#atp';
import type { Position, RecordedEvent } from '#event-sourcing';
import type { ChannelDefined, LocationDefined } from './events.js';

/**
 * Every channel and location with the revision of its policy stream, as of `position` in the log. Small: every process
 * holds it in memory by a subscription on `policyPrefix`, and compares positions to read its own writes.
 */
export type PolicyBook = {
  readonly channels: ReadonlyMap<string, ChannelPolicy>;
  readonly locations: ReadonlyMap<string, LocationPolicy>;
  readonly position?: Position;
};

/** What a subscription of a book asks for. */
export const policyPrefix = 'policy-';

export const emptyBook: PolicyBook = { channels: new Map(), locations: new Map() };

type OfBook = Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'type' | 'data'>;

const withChannel = (book: PolicyBook, event: OfBook): PolicyBook => {
  const data = event.data as ChannelDefined['data'];
  const channel: ChannelPolicy = { ...data, revision: event.revision };
  return { ...book, channels: new Map(book.channels).set(data.channel, channel), position: event.position };
};

const withLocation = (book: PolicyBook, event: OfBook): PolicyBook => {
  const data = event.data as LocationDefined['data'];
  const location: LocationPolicy = { ...data, revision: event.revision };
  return { ...book, locations: new Map(book.locations).set(data.location, location), position: event.position };
};

/**
 * The book after one more event of the log; events of other streams leave it as it is. Copies the map it changes.
 * @throws on an event of a policy stream that this version does not know: it must never be skipped.
 */
export const applyPolicyEvent = (book: PolicyBook, event: OfBook): PolicyBook => {
  if (!event.stream.startsWith(policyPrefix)) return book;
  switch (event.type) {
    case 'ChannelDefined':
      return withChannel(book, event);
    case 'LocationDefined':
      return withLocation(book, event);
    default:
      throw new Error(`${event.stream}@${event.revision}: this version does not know the policy event ${event.type}`);
  }
};
