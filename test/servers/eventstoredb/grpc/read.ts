import type { handleServerStreamingCall } from '@grpc/grpc-js';
import type { LogRecord } from '../log/record.js';
import type { Node } from '../node/node.js';
import { allStreams } from '../node/users.js';
import { admit } from './admission.js';
import { filterIn, type Filter } from './filter.js';
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
  node.meter.reads += 1;
  return options.hasAll() ? readAll(node, call, options) : readStream(node, call, what, options);
};

const isBackwards = (options: Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;

const readStream = (node: Node, call: ReadCall, name: string, options: Options): void | Promise<void> => {
  const records = node.log.stream(name);
  if (records === 'deleted') return fail(call, streamDeleted(name));
  if (records !== 'missing') return give(node, call, options, sliceOf(records, options));
  call.write(streamNotFound(name));
  call.end();
};

/** From a revision, which is given too; backwards it is the newest that is given. */
const sliceOf = (records: readonly LogRecord[], options: Options): readonly LogRecord[] => {
  const from = options.getStream();
  const count = countIn(options);
  if (isBackwards(options)) {
    if (from?.hasStart()) return records.slice(0, 1);
    return lastOf(records, from?.hasRevision() ? placeOf(records, from.getRevision()) + 1 : records.length, count);
  }
  if (from?.hasEnd()) return [];
  const start = from?.hasRevision() ? Math.max(0, placeOf(records, from.getRevision())) : 0;
  return records.slice(start, start + count);
};

const countIn = (options: Options): number => Number(options.getCount());

/** Revisions of what can be read have no gaps. */
const placeOf = (records: readonly LogRecord[], revision: string): number =>
  Number(BigInt(revision) - (records[0]?.revision ?? 0n));

/** The last so many before an end, oldest first. */
const lastOf = (records: readonly LogRecord[], end: number, count: number): readonly LogRecord[] =>
  records.slice(Math.max(0, end - count), Math.max(0, end));

/** From a position: forwards what stands there is given too, backwards what stands before it. */
const readAll = async (node: Node, call: ReadCall, options: Options): Promise<void> => {
  const start = startIn(options, node.log);
  if (start === 'broken') return fail(call, thrownByHandler());
  const { records } = node.log;
  const filter = filterIn(options);
  if (filter !== undefined) return give(node, call, options, passing(records, start, options, filter));
  const count = countIn(options);
  return give(
    node,
    call,
    options,
    isBackwards(options) ? lastOf(records, start, count) : records.slice(start, start + count),
  );
};

/** What passes, from a place on in the direction asked for and no more than was asked for; oldest first. */
const passing = (
  records: readonly LogRecord[],
  start: number,
  options: Options,
  { passes }: Filter,
): readonly LogRecord[] => {
  const [step, first] = isBackwards(options) ? [-1, start - 1] : [1, start];
  const found: LogRecord[] = [];
  for (let at = first; found.length < countIn(options); at += step) {
    const record = records[at];
    if (record === undefined) break;
    if (passes(record)) found.push(record);
  }
  return isBackwards(options) ? found.reverse() : found;
};

/** @param found oldest first */
const give = async ({ meter }: Node, call: ReadCall, options: Options, found: readonly LogRecord[]): Promise<void> => {
  const wanted = isBackwards(options) ? found.toReversed() : found;
  const outlet = createOutlet(call);
  for (const record of wanted) {
    meter.given += 1;
    if (!(await outlet.give(eventResponse(record)))) return;
  }
  call.end();
};
