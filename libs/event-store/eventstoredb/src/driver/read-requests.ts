import type { Position, Revision } from '#event-sourcing';
import { checkpointWindows, searchWindowRecords } from '../bounds.js';
import { logPositionOf } from '../log-position.js';
import { streamIdentifier } from './messages.js';
import { type ReadReq, shared, streams } from './protocol.js';

type Options = InstanceType<typeof streams.ReadReq.Options>;
const { ReadDirection } = streams.ReadReq.Options;

/** Events of one stream from a revision on. */
export const streamRequest = (stream: string, from: Revision, eventsMax: number): ReadReq => {
  const what = new streams.ReadReq.Options.StreamOptions();
  what.setStreamIdentifier(streamIdentifier(stream));
  what.setRevision(String(from));
  const options = plainOptions();
  options.setStream(what);
  options.setCount(String(eventsMax));
  return requestOf(options);
};

/** What alone is given of the log: records of streams with one of these prefixes. The server looks through the others. */
export type FilteredBy = { readonly prefixes: readonly string[] };

/** The log backwards from its end. */
export const backwardsRequest = (eventsMax: number, by?: FilteredBy): ReadReq => {
  const what = new streams.ReadReq.Options.AllOptions();
  what.setEnd(new shared.Empty());
  const options = by === undefined ? plainOptions() : optionsBy(by.prefixes);
  options.setAll(what);
  options.setReadDirection(ReadDirection.BACKWARDS);
  options.setCount(String(eventsMax));
  return requestOf(options);
};

/** The log from a position on (undefined: its beginning), the event that stands there first. */
export const forwardsRequest = (from: Position | undefined, eventsMax: number, by?: FilteredBy): ReadReq => {
  const options = by === undefined ? plainOptions() : optionsBy(by.prefixes);
  options.setAll(allFrom(from));
  options.setCount(String(eventsMax));
  return requestOf(options);
};

/** A subscription to what comes after a position, in streams with one of these prefixes. */
export const subscriptionRequest = (after: Position | undefined, prefixes: readonly string[]): ReadReq => {
  return subscriptionOf(optionsBy(prefixes), after);
};

/** A subscription to the whole log's records of these types, of all streams. */
export const typesRequest = (types: readonly string[]): ReadReq => subscriptionOf(optionsBy(types, 'type'), undefined);

const subscriptionOf = (options: Options, after: Position | undefined): ReadReq => {
  options.setAll(allFrom(after));
  options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  return requestOf(options);
};

const optionsBy = (prefixes: readonly string[], of: 'stream' | 'type' = 'stream'): Options => {
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  expression.setPrefixList([...prefixes]);
  const filter = new streams.ReadReq.Options.FilterOptions();
  if (of === 'stream') filter.setStreamIdentifier(expression);
  else filter.setEventType(expression);
  filter.setMax(searchWindowRecords);
  filter.setCheckpointintervalmultiplier(checkpointWindows);
  const options = plainOptions();
  options.setFilter(filter);
  return options;
};

const allFrom = (position: Position | undefined) => {
  const what = new streams.ReadReq.Options.AllOptions();
  if (position === undefined) {
    what.setStart(new shared.Empty());
    return what;
  }
  const place = new streams.ReadReq.Options.Position();
  const { commit, prepare } = logPositionOf(position);
  place.setCommitPosition(commit);
  place.setPreparePosition(prepare);
  what.setPosition(place);
  return what;
};

/** Forwards, links as they are, no filter, ids as text. */
const plainOptions = (): Options => {
  const uuids = new streams.ReadReq.Options.UUIDOption();
  uuids.setString(new shared.Empty());
  const options = new streams.ReadReq.Options();
  options.setReadDirection(ReadDirection.FORWARDS);
  options.setResolveLinks(false);
  options.setUuidOption(uuids);
  options.setNoFilter(new shared.Empty());
  return options;
};

const requestOf = (options: Options): ReadReq => {
  const request = new streams.ReadReq();
  request.setOptions(options);
  return request;
};
