import { type LogBatch, type Position, StoreUnavailableError, type SubscribeOptions } from '#event-sourcing';
import { answerMsMax, batchEventsDefault, batchEventsMax, quietPollMs } from './bounds.js';
import type { Connection } from './driver/connection.js';
import { failureOf, messageOf, readErrorOf } from './driver/failures.js';
import type { Inbox } from './driver/inbox.js';
import { leaveAfter, openRead } from './driver/read-call.js';
import { subscriptionRequest } from './driver/read-requests.js';
import { PositionRefusedError } from './errors.js';
import type { HeadWatch } from './head-watch.js';
import { batchOf, type Progress } from './log-batch.js';
import { eventAt, isPlace } from './log-place.js';
import { requirePrefixes } from './prefixes.js';

/** `ours`: of every stream of the ledger. */
export type Subscribing = {
  readonly connection: Connection;
  readonly ours: readonly string[];
  readonly heads: HeadWatch;
};

type Followed = Subscribing & {
  readonly prefixes: readonly string[];
  /** Not all of our streams: the end of the log may stand in another one. */
  readonly isPart: boolean;
  readonly eventsMax: number;
  readonly signal: AbortSignal;
};

/**
 * Everything after a position in the streams with these prefixes, in the log's order, none skipped. Ends with an error
 * when the server goes away: subscribe again, after the last batch.
 *
 * A subscription to some of our streams also says how far it has come when nothing comes: a wait for a position may be for
 * one in another stream. The server tells when it has delivered all that it had as the call began, so where the log then
 * ended is behind us. Afterwards the log's end is asked for from time to time, and the call is made anew when it has moved.
 *
 * @throws StoreUnavailableError, StoreAccessDeniedError; PositionRefusedError and DamagedStreamError stop for good
 */
export async function* subscribe(
  parts: Subscribing,
  from: Position | undefined,
  options: SubscribeOptions,
): AsyncGenerator<LogBatch, void, void> {
  const { signal } = options;
  const followed: Followed = {
    ...parts,
    prefixes: requirePrefixes(options.prefixes ?? parts.ours),
    isPart: options.prefixes !== undefined,
    eventsMax: Math.min(options.batchEventsMax ?? batchEventsDefault, batchEventsMax),
    signal,
  };
  let after = from;
  if (options.inclusive === true && from !== undefined && !signal.aborted) yield* eventAt(followed, from);
  while (!signal.aborted) {
    for await (const batch of follow(followed, after)) {
      after = batch.after;
      yield batch;
    }
  }
}

/** One call to the server, until the signal aborts or it is time for another one. */
async function* follow(parts: Followed, from: Position | undefined): AsyncGenerator<LogBatch, void, void> {
  const { connection, prefixes, heads, isPart } = parts;
  const end = isPart ? await heads.read() : undefined;
  const caller = await connection.caller();
  const inbox = openRead(connection, caller, subscriptionRequest(from, prefixes));
  const progress: Progress = { after: from, end, hasBegun: false, isCaughtUp: false };
  try {
    yield* batches(parts, inbox, progress);
  } catch (error) {
    leaveAfter(connection, caller, error);
    throw await subscriptionErrorOf(parts, from, progress, error);
  } finally {
    inbox.close();
  }
}

async function* batches(parts: Followed, inbox: Inbox, progress: Progress): AsyncGenerator<LogBatch, void, void> {
  const { signal, eventsMax } = parts;
  while (!signal.aborted) {
    const messages = await inbox.take(eventsMax, waitMsOf(parts, progress), signal);
    if (messages === undefined) throw new StoreUnavailableError('the server ended the subscription');
    const batch = batchOf(messages, progress);
    if (batch !== undefined) yield batch;
    else if (messages.length === 0 && (await isOvertaken(parts, progress))) return;
  }
}

const waitMsOf = ({ isPart }: Followed, { hasBegun }: Progress): number =>
  hasBegun ? (isPart ? quietPollMs : wholeLogWaitMs) : answerMsMax;

/** Nothing is due while nothing comes: whatever ends the call wakes us. */
const wholeLogWaitMs = 60_000;

/** Has the log gone on in streams that this call does not bring? @throws StoreUnavailableError for a silent server */
const isOvertaken = async (
  { heads, isPart }: Followed,
  { hasBegun, isCaughtUp, after }: Progress,
): Promise<boolean> => {
  if (!hasBegun) throw new StoreUnavailableError(`no answer in ${answerMsMax} ms`);
  if (!isPart || !isCaughtUp) return false;
  const head = await heads.lately();
  return head !== undefined && (after === undefined || head > after);
};

/**
 * A server that cannot find a position says no more than that something failed. So it is asked for the record that stands
 * there: a subscription is stopped for good only when there is none.
 */
const subscriptionErrorOf = async (
  { connection }: Followed,
  from: Position | undefined,
  { after, isCaughtUp }: Progress,
  error: unknown,
): Promise<Error> => {
  const isSuspect = failureOf(error).kind === 'position_refused' && from !== undefined && after === from && !isCaughtUp;
  if (isSuspect && !(await isPlace(connection, from))) {
    return new PositionRefusedError(`no record stands at ${from}: ${messageOf(error)}`, { cause: error });
  }
  return readErrorOf(error);
};
