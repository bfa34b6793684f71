import type { handleServerStreamingCall } from '@grpc/grpc-js';
import type { LogRecord } from '../log/record.js';
import type { Node } from '../node/node.js';
import { allStreams } from '../node/users.js';
import { admit } from './admission.js';
import { filterIn } from './filter.js';
import { streams } from './messages.js';
import { createOutlet, type ReadCall } from './outlet.js';
import { nameIn } from './proposed.js';
import { accessDenied, streamDeleted, thrownByHandler, type CallError } from './refusals.js';
import { eventResponse, streamNotFound } from './responses.js';
import { startIn } from './start.js';
import { subscribe } from './subscribe.js';

type Options = streams.ReadReq.Options;

/** Read: a stream, the whole log, or the whole log for as long as the caller listens. */
export const readHandler =
  (node: Node): handleServerStreamingCall<streams.ReadReq, streams.ReadResp> =>
  (call) => {
    serve(node, call).catch(() => fail(call, thrownByHandler()));
  };

const fail = (call: ReadCall, error: CallError): void => void call.emit('error', error);

const serve = async (node: Node, call: ReadCall): Promise<void> => {
  const options = call.request.getOptions() ?? new streams.ReadReq.Options();
  const admission = admit(node, call.metadata, options.hasSubscription() ? 'subscribe' : 'read');
  if (admission.kind === 'turned_away') return fail(call, admission.error);
  const what = options.hasAll() ? allStreams : nameIn(options.getStream()?.getStreamIdentifier());
  if (!node.users.mayRead(admission.caller, what)) return fail(call, accessDenied());
  if (options.hasSubscription()) return subscribe(node, call, options);
  return options.hasAll() ? readAll(node, call, options) : readStream(node, call, what, options);
};

const isBackwards = (options: Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;

const readStream = (node: Node, call: ReadCall, name: string, options: Options): void | Promise<void> => {
  const records = node.log.stream(name);
  if (records === 'deleted') return fail(call, streamDeleted(name));
  if (records !== 'missing') return give(call, options, sliceOf(records, options));
  call.write(streamNotFound(name));
  call.end();
};

/** From a revision, which is given too; backwards it is the newest that is given. */
const sliceOf = (records: readonly LogRecord[], options: Options): readonly LogRecord[] => {
  const from = options.getStream();
  if (isBackwards(options)) {
    if (from?.hasStart()) return records.slice(0, 1);
    return from?.hasRevision() ? records.filter(({ revision }) => revision <= BigInt(from.getRevision())) : records;
  }
  if (from?.hasEnd()) return [];
  return from?.hasRevision() ? records.filter(({ revision }) => revision >= BigInt(from.getRevision())) : records;
};

/** From a position: forwards what stands there is given too, backwards what stands before it. */
const readAll = async (node: Node, call: ReadCall, options: Options): Promise<void> => {
  const start = startIn(options, node.log);
  if (start === 'broken') return fail(call, thrownByHandler());
  const { records } = node.log;
  const found = isBackwards(options) ? records.slice(0, start) : records.slice(start);
  const filter = filterIn(options);
  return give(call, options, filter === undefined ? found : found.filter(filter.passes));
};

const give = async (call: ReadCall, options: Options, found: readonly LogRecord[]): Promise<void> => {
  const count = Number(options.getCount());
  const wanted = isBackwards(options) ? found.slice(-count).reverse() : found.slice(0, count);
  const outlet = createOutlet(call);
  for (const record of wanted) if (!(await outlet.give(eventResponse(record)))) return;
  call.end();
};
