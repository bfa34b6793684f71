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

/** The log backwards from its end. */
export const backwardsRequest = (eventsMax: number): ReadReq => {
  const what = new streams.ReadReq.Options.AllOptions();
  what.setEnd(new shared.Empty());
  const options = plainOptions();
  options.setAll(what);
  options.setReadDirection(ReadDirection.BACKWARDS);
  options.setCount(String(eventsMax));
  return requestOf(options);
};

/** The log from a position on (undefined: its beginning), the event that stands there first. */
export const forwardsRequest = (from: Position | undefined, eventsMax: number): ReadReq => {
  const options = plainOptions();
  options.setAll(allFrom(from));
  options.setCount(String(eventsMax));
  return requestOf(options);
};

/** A subscription to what comes after a position, in streams with one of these prefixes. */
export const subscriptionRequest = (after: Position | undefined, prefixes: readonly string[]): ReadReq => {
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  expression.setPrefixList([...prefixes]);
  const filter = new streams.ReadReq.Options.FilterOptions();
  filter.setStreamIdentifier(expression);
  filter.setMax(searchWindowRecords);
  filter.setCheckpointintervalmultiplier(checkpointWindows);
  const options = plainOptions();
  options.setAll(allFrom(after));
  options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  options.setFilter(filter);
  return requestOf(options);
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
