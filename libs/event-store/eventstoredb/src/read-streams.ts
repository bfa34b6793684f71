import type { RecordedEvent, Revision, StreamRead } from '#event-sourcing';
import { readsUnderWayMax } from './bounds.js';
import type { Connection } from './driver/connection.js';
import { readErrorOf } from './driver/failures.js';
import { readRecords } from './driver/read-call.js';
import { streamRequest } from './driver/read-requests.js';
import { recordedOf } from './encoding.js';
import { DamagedStreamError } from './errors.js';
import { mapBounded } from './map-bounded.js';

export type ReadBounds = { readonly eventsMax: number; readonly bytesMax?: number };

/** A list for each read, in their order; a call for each, so many at a time. */
export const readStreams = (
  connection: Connection,
  reads: readonly StreamRead[],
  eventsMax: number,
): Promise<readonly (readonly RecordedEvent[])[]> =>
  mapBounded(reads, readsUnderWayMax, ({ stream, from }) => readStream(connection, stream, from, { eventsMax }));

/**
 * Events of one stream from a revision on, at most so many, and (from the second on) of so many bytes.
 * @throws StoreUnavailableError, StoreAccessDeniedError, DamagedStreamError
 */
export const readStream = async (
  connection: Connection,
  stream: string,
  from: Revision,
  { eventsMax, bytesMax = Number.POSITIVE_INFINITY }: ReadBounds,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  const first = Math.max(from, 0);
  let bytes = 0;
  if (eventsMax < 1) return events;
  try {
    for await (const record of readRecords(connection, streamRequest(stream, first, eventsMax))) {
      bytes += record.data.length + record.metadata.length;
      if (events.length > 0 && bytes > bytesMax) break;
      events.push(follower(recordedOf(record), first + events.length));
    }
  } catch (error) {
    throw readErrorOf(error, stream);
  }
  return events;
};

/** A stream of a ledger has every revision from 0 on; the server leaves out what was deleted or truncated. */
const follower = (event: RecordedEvent, expected: Revision): RecordedEvent => {
  const { stream, revision } = event;
  if (revision === expected) return event;
  const damage = expected === 0 ? 'first_revision' : 'gap';
  throw new DamagedStreamError(stream, damage, `revision ${expected} is missing: ${revision} stands in its place`);
};
