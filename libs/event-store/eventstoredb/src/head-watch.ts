import type { Position } from '#event-sourcing';
import { headAgeMsMax } from './bounds.js';
import type { Connection } from './driver/connection.js';
import { failureOf, readErrorOf } from './driver/failures.js';
import { readRecords } from './driver/read-call.js';
import { backwardsRequest, forwardsRequest } from './driver/read-requests.js';
import type { ReadReq } from './driver/protocol.js';
import type { StoredRecord } from './encoding.js';
import { isOnePosition, positionOfRecord } from './log-position.js';
import { hasPrefix } from './prefixes.js';

/**
 * Where the last event of our own streams stands: what the server and others write never counts, for no subscription of
 * ours would come to it.
 *
 * Others may write much and for long where we are quiet. So each stretch of the log is looked through once, by the server,
 * which gives none of it to us: what is remembered is our head, and the end of the log as of then.
 */
export type HeadWatch = {
  /** As of now. @throws StoreUnavailableError, StoreAccessDeniedError */
  readonly read: () => Promise<Position | undefined>;
  /** As of now or a moment ago: one question for all who ask in that moment. @throws as `read` */
  readonly lately: () => Promise<Position | undefined>;
};

type Seen = { readonly head: Position | undefined; readonly end: Position };
type Watch = { readonly connection: Connection; readonly prefixes: readonly string[]; seen: Seen | undefined };

export const createHeadWatch = (connection: Connection, prefixes: readonly string[]): HeadWatch => {
  const watch: Watch = { connection, prefixes, seen: undefined };
  let latest: { readonly head: Promise<Position | undefined>; readonly at: number } | undefined;
  const read = async (): Promise<Position | undefined> => {
    const reading = { head: readHead(watch), at: performance.now() };
    latest = reading;
    return reading.head.catch((error: unknown) => {
      if (latest === reading) latest = undefined;
      throw readErrorOf(error);
    });
  };
  return {
    read,
    lately: () =>
      latest !== undefined && performance.now() - latest.at < headAgeMsMax
        ? latest.head.catch((error: unknown) => Promise.reject(readErrorOf(error)))
        : read(),
  };
};

const readHead = async (watch: Watch): Promise<Position | undefined> => {
  const last = await firstOf(watch, backwardsRequest(1));
  if (last === undefined) return undefined;
  const head = hasPrefix(last.stream, watch.prefixes) ? positionOfRecord(last.position) : await soughtHead(watch, last);
  if (isOnePosition(last.position)) remember(watch, { head, end: positionOfRecord(last.position) });
  return head;
};

/** Two questions may be answered in another order than they were asked. */
const remember = (watch: Watch, seen: Seen): void => {
  if (watch.seen === undefined || seen.end > watch.seen.end) watch.seen = seen;
};

/** The end of the log is somebody else's. */
const soughtHead = async (watch: Watch, last: StoredRecord): Promise<Position | undefined> => {
  const { seen, prefixes } = watch;
  if (seen !== undefined && isSameOrBefore(last, seen)) return seen.head;
  if (seen !== undefined && !(await hasComeAfter(watch, seen.end))) return seen.head;
  const record = await firstOf(watch, backwardsRequest(1, { prefixes }));
  return record && positionOfRecord(record.position);
};

const isSameOrBefore = ({ position }: StoredRecord, { end }: Seen): boolean =>
  isOnePosition(position) && positionOfRecord(position) <= end;

/** Has anything of ours come after this place? Unknown places (a log that was restored) count as yes. */
const hasComeAfter = async (watch: Watch, end: Position): Promise<boolean> => {
  try {
    // What stands at the place itself may be ours, and comes first.
    for await (const { position } of recordsOf(watch, forwardsRequest(end, 2, { prefixes: watch.prefixes })))
      if (positionOfRecord(position) > end) return true;
    return false;
  } catch (error) {
    if (failureOf(error).kind !== 'position_refused') throw error;
    watch.seen = undefined;
    return true;
  }
};

const recordsOf = ({ connection }: Watch, request: ReadReq): AsyncIterable<StoredRecord> =>
  readRecords(connection, request);

const firstOf = async (watch: Watch, request: ReadReq): Promise<StoredRecord | undefined> => {
  for await (const record of recordsOf(watch, request)) return record;
  return undefined;
};
