import type { LogBatch, Position } from '#event-sourcing';
import type { Connection } from './driver/connection.js';
import { failureOf, messageOf, readErrorOf } from './driver/failures.js';
import { readRecords } from './driver/read-call.js';
import { forwardsRequest } from './driver/read-requests.js';
import { recordedOf, type StoredRecord } from './encoding.js';
import { PositionRefusedError } from './errors.js';
import { logPositionOf } from './log-position.js';
import { hasPrefix } from './prefixes.js';

/** The event that stands at a position, alone in a batch; nothing when another kind of record stands there, or none. */
export async function* eventAt(
  { connection, prefixes }: { readonly connection: Connection; readonly prefixes: readonly string[] },
  position: Position,
): AsyncGenerator<LogBatch, void, void> {
  const record = await recordAt(connection, position).catch((error: unknown) => {
    if (failureOf(error).kind !== 'position_refused') throw readErrorOf(error);
    throw new PositionRefusedError(`no record stands at ${position}: ${messageOf(error)}`, { cause: error });
  });
  if (record !== undefined && hasPrefix(record.stream, prefixes)) {
    yield { events: [recordedOf(record)], after: position };
  }
}

/** False only when the server says so: while it is away nobody knows. */
export const isPlace = async (connection: Connection, position: Position): Promise<boolean> => {
  try {
    return (await recordAt(connection, position)) !== undefined;
  } catch (error) {
    return failureOf(error).kind !== 'position_refused';
  }
};

const recordAt = async (connection: Connection, position: Position): Promise<StoredRecord | undefined> => {
  for await (const record of readRecords(connection, forwardsRequest(position, 1))) {
    return record.position.commit === logPositionOf(position).commit ? record : undefined;
  }
  return undefined;
};
