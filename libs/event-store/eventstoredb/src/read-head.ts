import type { Position } from '#event-sourcing';
import type { Connection } from './driver/connection.js';
import { readErrorOf } from './driver/failures.js';
import { readRecords } from './driver/read-call.js';
import { backwardsRequest } from './driver/read-requests.js';
import { positionOfRecord } from './log-position.js';
import { hasPrefix } from './prefixes.js';

/** So many records from the end are asked for, until one of ours is among them. Mostly the last one is. */
const recordsAsked = [1, 64, Number.MAX_SAFE_INTEGER];

/**
 * Where the last event of our own streams stands: what the server and others write never counts, for no subscription of
 * ours would come to it. Reads the log backwards, so a long run of foreign events after it takes its time.
 *
 * @throws StoreUnavailableError, StoreAccessDeniedError
 */
export const readHead = async (connection: Connection, prefixes: readonly string[]): Promise<Position | undefined> => {
  for (const records of recordsAsked) {
    const position = await lastPosition(connection, prefixes, records).catch((error: unknown) => {
      throw readErrorOf(error);
    });
    if (position !== undefined) return position;
  }
  return undefined;
};

const lastPosition = async (
  connection: Connection,
  prefixes: readonly string[],
  records: number,
): Promise<Position | undefined> => {
  for await (const { stream, position } of readRecords(connection, backwardsRequest(records))) {
    if (hasPrefix(stream, prefixes)) return positionOfRecord(position);
  }
  return undefined;
};
